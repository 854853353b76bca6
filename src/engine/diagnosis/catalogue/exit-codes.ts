/** What the usual exit codes of containers mean. */
const usual: Readonly<Record<number, string>> = {
  0: "it finished normally; a container of a service must keep running",
  1: "the application ended itself with an error",
  2: "wrong use of a shell command, or an error of the application",
  126: "the command is not executable",
  127: "the command was not found",
  134: "it aborted (SIGABRT)",
  137: "it was killed (SIGKILL): out of memory, failing health checks, or it ignored SIGTERM",
  139: "it crashed (segmentation fault)",
  143: "it was stopped from outside (SIGTERM)",
  255: "an unspecified error",
};

/** What an exit code means; a signal n ends a process with 128 + n. */
export function exitMeaning(code: number): string {
  const signal = code - 128;
  return (
    usual[code] ?? (signal > 0 && signal < 65 ? `it was ended by signal ${signal}` : "the application ended itself with a code of its own")
  );
}

/** Expressions for the ways in which messages write that a process ended with one of these codes, e.g. `137` or `126|127`. */
export function exitCode(codes: string): RegExp[] {
  return [
    new RegExp(`exit(?:ed)?[ _-]?(?:code|status)(?: of| is| was)?[^\\w]{0,6}(?:${codes})(?!\\d)`),
    new RegExp(`exited[ (]{0,2}(?:with )?(?:(?:an? )?(?:non-zero )?(?:exit )?(?:code|status))?[^\\w]{0,4}(?:${codes})(?!\\d)`),
  ];
}
