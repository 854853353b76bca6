import type { AskMfa } from "../aws-discovery/mfa.ts";
import { ask } from "./confirm.ts";
import type { Io } from "./io.ts";

/** Asks for MFA codes at the terminal; undefined where nobody is there to type one. */
export function askMfaAt(io: Io): AskMfa | undefined {
  if (!io.interactive) return undefined;
  return async ({ serial, refused }) => {
    if (refused) io.say("AWS did not accept that code. Each works once: wait for the next one.");
    return (await ask(io, `MFA code of ${serial}: `, "")) || undefined;
  };
}

/** Codes typed on the screens, each taken once by the next sign-in with its device. */
export function mfaCodes(): { readonly give: (serial: string, code: string) => void; readonly ask: AskMfa } {
  const waiting = new Map<string, string>();
  return {
    give: (serial, code) => void waiting.set(serial, code),
    ask: async ({ serial }) => {
      const code = waiting.get(serial);
      waiting.delete(serial);
      return code;
    },
  };
}
