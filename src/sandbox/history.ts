import { createAccount } from "./account.ts";
import { createClock } from "./clock.ts";
import type { Deed } from "./data/history.ts";
import type { Service } from "./service.ts";
import type { World } from "./world.ts";

/** Lives through deeds of the past, oldest first, and everything that followed from them until `now`. Throws what a deed's call throws. */
export const liveThrough = (world: World, services: readonly Service[], deeds: readonly Deed[], now: number): void => {
  if (deeds.length === 0) return;
  const ordered = deeds.toSorted((a, b) => b.ago - a.ago);
  const clock = createClock(now - (ordered[0]?.ago ?? 0), 0);
  const account = createAccount({
    world,
    services,
    clock,
    onBug: (error) => {
      throw error;
    },
  });
  for (const { ago, region = "eu-west-1", scope, action, input = {}, change } of ordered) {
    clock.advance(now - ago - clock.now());
    account.settle();
    change?.(world);
    const service = services.find((each) => each.scope === scope);
    if (service && action)
      account.invoke({ service, action, input, region, requestId: "00000000-0000-4000-8000-000000000000", endpoint: "" });
  }
  clock.advance(now - clock.now());
  account.settle();
};
