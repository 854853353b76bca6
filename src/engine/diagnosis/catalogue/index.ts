import { calls } from "./calls.ts";
import { capacity } from "./capacity.ts";
import type { Cause } from "./cause.ts";
import { stacks } from "./cloudformation.ts";
import { connections } from "./connections.ts";
import { containers } from "./containers.ts";
import { credentials } from "./credentials.ts";
import { ecsService } from "./ecs-service.ts";
import { imagePulls } from "./image-pulls.ts";
import { loadBalancing } from "./load-balancing.ts";
import { logging } from "./logging.ts";
import { networking } from "./networking.ts";
import { order } from "./order.ts";
import { permissions } from "./permissions.ts";
import { secrets } from "./secrets.ts";
import { serviceEvents } from "./service-events.ts";
import { storage } from "./storage.ts";
import { taskDefinition } from "./task-definition.ts";
import { templates } from "./templates.ts";

/** The catalogue by topic, as the generated page shows it. */
export const topics: readonly { readonly title: string; readonly causes: readonly Cause[] }[] = [
  { title: "Pulling images", causes: imagePulls },
  { title: "Secrets, parameters and environment files", causes: secrets },
  { title: "Logging", causes: logging },
  { title: "Volumes", causes: storage },
  { title: "Containers", causes: containers },
  { title: "Service events and rollouts", causes: serviceEvents },
  { title: "Load balancing", causes: loadBalancing },
  { title: "Networking", causes: networking },
  { title: "Capacity, quotas and the account", causes: capacity },
  { title: "ECS services and clusters", causes: ecsService },
  { title: "Task definitions", causes: taskDefinition },
  { title: "Stacks", causes: stacks },
  { title: "Templates", causes: templates },
  { title: "Permissions and limits", causes: permissions },
  { title: "Credentials and regions", causes: credentials },
  { title: "The way to AWS", causes: connections },
  { title: "Our own calls", causes: calls },
];

const rank = new Map(order.map((id, at) => [id, at]));

/** All causes in the order in which they are tried. */
export const catalogue: readonly Cause[] = topics
  .flatMap((topic) => topic.causes)
  .sort((a, b) => (rank.get(a.id) ?? order.length) - (rank.get(b.id) ?? order.length));

const byId = new Map(catalogue.map((cause) => [cause.id, cause]));

/** The entry of an id; undefined for an id that is not in the catalogue. */
export const causeOf = (id: string): Cause | undefined => byId.get(id);
