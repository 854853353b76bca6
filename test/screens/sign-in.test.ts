import { afterEach, expect, test, vi } from "vitest";
import { type Problem, ProblemError } from "../../src/engine/problem.ts";
import { fixedDiscovery, memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const serial = "arn:aws:iam::123456789012:mfa/ann";
const codeNeeded: Problem = { kind: "credentials", message: "The AWS profile ops needs a code.", hint: "Type it.", mfa: serial };

/** The screens where AWS wants an MFA code; answers once it got the right one. */
function openWithMfa() {
  const discovery = fixedDiscovery();
  const codes: string[][] = [];
  const identity: typeof discovery.identity = async (target) => {
    if (codes.at(-1)?.[1] !== "123456") throw new ProblemError(codeNeeded);
    return discovery.identity(target);
  };
  const giveMfaCode = (...given: string[]) => void codes.push(given);
  app = openApp({ ports: memoryPorts({ discovery: { ...discovery, identity }, giveMfaCode }) });
  return { terminal: app.terminal, codes };
}

test("an MFA code is asked for when nothing is being typed, checked, and given on; closed, the prompt comes back by its key", async () => {
  const { terminal, codes } = openWithMfa();
  await terminal.until("The AWS profile ops needs a code. Type it.");
  terminal.type(key.esc);
  await terminal.until((screen) => screen.includes("Deployment target") && /\^l (type the )?MFA code/.test(screen));
  terminal.type(key.ctrl("l"));
  await terminal.until((screen) => screen.includes("MFA code") && screen.includes("⏎ ok"));
  terminal.type(`12345${key.enter}`);
  await terminal.until("A code has six digits.");
  expect(codes).toEqual([]);
  terminal.type(`6${key.enter}`);
  await terminal.until((screen) => screen.includes("acme-prod") && !screen.includes("no valid credentials"));
  expect(codes).toEqual([[serial, "123456"]]);
});

test("an MFA prompt takes no key away from somebody who types: the footer offers it", async () => {
  const { terminal } = openWithMfa();
  terminal.type(`${key.ctrl("n")}shop`);
  await terminal.until((screen) => screen.includes("no valid credentials") && /Name \* +shop/.test(screen));
  terminal.type("-web");
  await terminal.until((screen) => /Name \* +shop-web/.test(screen) && /\^l (type the )?MFA code/.test(screen));
});

test("a command that cannot mend the credentials, or is not there, is shown and not run: the key asks again", async () => {
  const discovery = fixedDiscovery();
  let asked = 0;
  const identity: typeof discovery.identity = async () => {
    asked += 1;
    const command = asked === 1 ? "aws sts get-caller-identity" : "aws sso login";
    throw new ProblemError({ kind: "credentials", message: `Refused ${asked} times.`, hint: "Sign in.", command });
  };
  const ports = memoryPorts({ discovery: { ...discovery, identity }, canRun: () => false, runCommand: () => Promise.reject(new Error()) });
  app = openApp({ ports });
  await app.terminal.until(/Refused 1 times.*\^l ask (AWS )?again/s);
  app.terminal.type(key.ctrl("l"));
  await app.terminal.until(/Refused 2 times.*The command is: aws sso login.*\^l ask (AWS )?again/s);
});

/** The screens where the SSO sign-in has expired until `signIn` is called; the command line's sign-in would fail. */
function openSignedOut() {
  const discovery = fixedDiscovery();
  const run: string[] = [];
  let signedIn = false;
  const identity: typeof discovery.identity = async (target) => {
    if (signedIn) return discovery.identity(target);
    throw new ProblemError({ kind: "credentials", message: "The sign-in has expired.", hint: "Sign in.", command: "aws sso login" });
  };
  const runCommand = async (command: string) => void run.push(command);
  app = openApp({ ports: memoryPorts({ discovery: { ...discovery, identity }, runCommand, canRun: () => true }) });
  return {
    run,
    terminal: app.terminal,
    signIn: () => {
      signedIn = true;
    },
  };
}

const known = (screen: string) => screen.includes("acme-prod") && !screen.includes("no valid credentials");

test("alt+l asks AWS again without running the command", async () => {
  const { terminal, run, signIn } = openSignedOut();
  await terminal.until("no valid credentials");
  signIn();
  terminal.type("\u001bl");
  await terminal.until(known);
  expect(run).toEqual([]);
});

test("a sign-in made elsewhere is noticed without a key", async () => {
  const real = globalThis.setTimeout;
  // What is looked at again after ten seconds is so after a moment; all other waits stay.
  const quick = ((work: () => void, ms?: number) => real(work, ms === 10_000 ? 20 : ms)) as typeof setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation(quick);
  try {
    const { terminal, signIn } = openSignedOut();
    await terminal.until("no valid credentials");
    signIn();
    await terminal.until(known);
  } finally {
    vi.restoreAllMocks();
  }
});
