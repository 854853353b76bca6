/** A command of the AWS command line with its `--profile`, quoted for a shell where the name needs it; without one for the default profile. */
export function awsCommand(command: string, profile: string | undefined): string {
  if (!profile || profile === "default") return `aws ${command}`;
  return `aws ${command} --profile ${/^[\w.@/+-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", "'\\''")}'`}`;
}
