import type { Explanation } from "../failure.ts";
import { credentialExplanations } from "./credentials.ts";
import { networkExplanations } from "./network.ts";
import { requestExplanations } from "./requests.ts";

/** All known ways in which a call fails, the more specific ones first. */
export const explanations: readonly Explanation[] = [...credentialExplanations, ...networkExplanations, ...requestExplanations];
