import type { Service } from "./service.ts";

/** Every service the sandbox answers for. */
export const services: readonly Service[] = [];
