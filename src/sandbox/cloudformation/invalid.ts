import { AwsError } from "../errors.ts";

/** CloudFormation's answer to a request it cannot accept: code `ValidationError`, status 400. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message, { status: 400 });
}

/** The answer for a template that cannot be read, in CloudFormation's words. */
export function badFormat(message: string): AwsError {
  return invalid(`Template format error: ${message}`);
}

/** The answer for an intrinsic function used wrongly, in CloudFormation's words. */
export function badFunction(message: string): AwsError {
  return invalid(`Template error: ${message}`);
}
