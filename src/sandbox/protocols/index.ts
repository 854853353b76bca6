import type { Service } from "../service.ts";
import { json } from "./json.ts";
import type { Protocol } from "./protocol.ts";
import { ec2, query } from "./query.ts";
import { restJson } from "./rest-json.ts";

/** The protocols by the name services call them. */
export const protocols: Readonly<Record<Service["protocol"], Protocol>> = { query, ec2, json, "rest-json": restJson };
