import { type Problem, ProblemError } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { problemOf } from "./problems.ts";

/** What is asked when a role needs the code of an MFA device: the device's serial number, and whether AWS refused the code given before. */
export interface MfaQuestion {
  readonly serial: string;
  readonly refused: boolean;
}

/** Asks the operator for a code; undefined when none is at hand. */
export type AskMfa = (question: MfaQuestion) => Promise<string | undefined>;

/** STS refuses a code that is wrong, was used before or came too late. */
const isRefusedCode = (error: unknown): boolean => error instanceof Error && /MultiFactorAuthentication failed/i.test(error.message);

/**
 * What `work` comes to, which may ask for MFA codes; after a refused code it is done again with another one. Without a code it
 * rejects with a ProblemError that names the device in `mfa`; without `ask` that tells how to go on where nobody can answer.
 */
export async function withMfa<T>(
  ask: AskMfa | undefined,
  profile: string,
  work: (codeOf: (serial: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  for (let refused = false; ; refused = true) {
    let asked = false;
    const codeOf = async (serial: string) => {
      asked = true;
      const code = await ask?.({ serial, refused });
      if (!code) throw new ProblemError(lackOfCode({ serial, refused }, profile, ask !== undefined));
      return code;
    };
    try {
      return await work(codeOf);
    } catch (error) {
      if (!asked || !isRefusedCode(error)) throw error;
    }
  }
}

/** What to say while the code of a device is missing. */
function lackOfCode({ serial, refused }: MfaQuestion, profile: string, askable: boolean): Problem {
  const device = sanitizeLine(serial);
  const name = sanitizeLine(profile);
  const { command, ...needed } = problemOf("mfa-required", { awsProfile: name, device });
  const missing = { ...needed, code: "MfaCodeNeeded", mfa: device };
  if (!askable) return { ...missing, ...(command && { command }) };
  if (!refused) return { ...missing, hint: "Type the code that the device shows." };
  const message = `AWS did not accept the MFA code for ${device}.`;
  return { ...missing, message, hint: "Each code works once: wait for the next one and type that." };
}
