import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { profiles, signInToSso } from "../support/aws-config.ts";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { choosesImage } from "../support/person.ts";
import { key, open, openAccount, type Session, temporaryFolder } from "../support/program.ts";

const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-ITla7S";
const targetGroup = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop-tg/dcf6071d98b9eb4b";
const behindBalancer = `${webService}loadBalancerMappings: [{containerName: web, containerPort: 80, targetGroupArn: "${targetGroup}"}]\n`;
const withSecret = webService
  .replace("containers:", 'taskExecutionRole: {roleArn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"}\ncontainers:')
  .replace("    portMappings", `    environment: [{name: DATABASE_PASSWORD, valueFrom: "${secretArn}:password::"}]\n    portMappings`);
const withinContainer = (lines: string) => webService.replace("    portMappings", `${lines}\n    portMappings`);
interface Failure {
  readonly profile: string;
  /** The headline of the root cause, and what its explanation says with the values of the account. */
  readonly cause: string;
  readonly explains: readonly (string | RegExp)[];
  /** Where the jump lands: the path on the error screen, the section's or row's heading, the highlighted field. */
  readonly path: string;
  readonly section: string;
  readonly field: RegExp;
  readonly mends: (wizard: Session) => Promise<void>;
}

const failures: Readonly<Record<string, Failure>> = {
  "image-not-found": {
    profile: webService,
    cause: "The image or tag does not exist in the registry",
    explains: [/web:1\.4\.2 isn't in repository shop\/web in eu-west-1/, /newest tags are latest, 1\.4\.2-arm64,\s+1\.4\.1/],
    path: "containers[0].image",
    section: "Containers › web",
    field: /▸ Image \*/,
    mends: (wizard) => choosesImage(wizard, "shop/web", "1.4.1"),
  },
  "wrong-architecture": {
    profile: webService,
    cause: "The image was built for another CPU architecture",
    explains: ["web:1.4.2", /\(X86_64\)/, "linux/amd64"],
    path: "taskSize.cpuArchitecture",
    section: "Task size",
    field: /▸ CPU architecture +X86_64/,
    mends: async (wizard) => {
      wizard.press(key.right);
      await wizard.see(/▸ CPU architecture +ARM64/);
    },
  },
  "crash-loop": {
    profile: webService,
    cause: "Exit code 1: the application ended itself with an error",
    explains: ["The program in web", "sg-0ae0a26d0aab497a2", "ecs-wizard errors shop-web"],
    path: "containers[0].environment",
    section: "Containers › web",
    field: /▸ Environment variables/,
    mends: async (wizard) => {
      wizard.press(key.enter);
      await wizard.see("› Environment variables › new");
      wizard.press("DATABASE_HOST", key.enter);
      await wizard.see(/▸ Value/);
      wizard.press("db.shop.internal");
      await wizard.see(/Value +db\.shop\.internal/);
    },
  },
  "out-of-memory": {
    profile: withinContainer("    memory: 200"),
    cause: "The container used more memory than it may and was killed",
    explains: ["container web exited 137", /hard limit of 200 MiB/, "512 MiB"],
    path: "containers[0].memory",
    section: "Containers › web",
    field: /▸ .*[Mm]emory.* 200/,
    mends: async (wizard) => {
      wizard.press(key.backspace, key.backspace, key.backspace, "400");
      await wizard.see(/▸ .*[Mm]emory.* 400/);
    },
  },
  "no-route": {
    profile: webService,
    cause: "The task could not reach the ECR API (no route out)",
    explains: ["private-a and private-b have no route to the internet and no VPC endpoint for ECR", "sg-0ae0a26d0aab497a2"],
    path: "network.subnets",
    section: "Network configuration",
    field: /▸ Subnets/,
    mends: async (wizard) => {
      wizard.press(key.enter);
      await wizard.see(/public-a/);
      await wizard.see(/▸ ◉ private-a/);
      wizard.press(key.space, key.down, key.space);
      await wizard.gone("◉ private-");
      wizard.press(key.down, key.down, key.space, key.down, key.space);
      await wizard.see(/Subnets \* +2 chosen {2}public-a, public-b/);
      wizard.press(key.enter, key.down);
      await wizard.see(/▸ Auto-assign public IP/);
      wizard.press(key.space);
      await wizard.see(/▸ Auto-assign public IP +◉ on/);
    },
  },
  "unhealthy-targets": {
    profile: behindBalancer,
    cause: "The health check got an unexpected HTTP status",
    explains: ["a status outside the target group's matcher (200 by default): 404.", targetGroup, "--health-check-path", ":80/"],
    path: "loadBalancerMappings[0].targetGroupArn",
    section: "Load balancer mappings › ",
    field: /▸ Target group/,
    mends: async (wizard) => {
      wizard.press(key.enter);
      await wizard.see(/shop-api-tg/);
      wizard.press("shop-api");
      await wizard.see(/▸ +shop-api-tg/);
      wizard.press(key.enter);
      await wizard.see(/Target group \* +.*group\/shop-api-tg/);
    },
  },
  "secret-denied": {
    profile: withSecret,
    cause: "The execution role may not read the secret",
    explains: ["execution role (ecsTaskExecutionRole)", `Allow secretsmanager:GetSecretValue on ${secretArn}`],
    path: "taskExecutionRole.roleArn",
    section: "Task execution role",
    field: /▸ .*[Rr]ole.*ecsTaskExecutionRole/,
    mends: (wizard) => choosesRole(wizard, "ecsTaskExecutionRoleShop"),
  },
  "denied:iam:CreateRole": {
    profile: webService,
    cause: "The permission iam:CreateRole is missing",
    explains: ["assumed-role/Developer/sandbox", "Allow iam:CreateRole", "choose an execution role that exists"],
    path: "taskExecutionRole.roleArn",
    section: "Task execution role",
    field: /▸ .*[Rr]ole/,
    mends: (wizard) => choosesRole(wizard, "ecsTaskExecutionRole"),
  },
};

async function choosesRole(wizard: Session, name: string): Promise<void> {
  wizard.press(key.enter);
  await wizard.see(/ecsTaskExecutionRoleBasic/);
  wizard.press(name);
  await wizard.see(new RegExp(`▸ +${name} `));
  wizard.press(key.enter);
  await wizard.see("▸ → Next: Task size");
}

/** Deploys from the review, with its warnings if it has any. */
async function deploys(wizard: Session): Promise<void> {
  wizard.press(key.ctrl("r"));
  await wizard.see(/ready to deploy|No errors/);
  wizard.press("d");
  await wizard.see("What this deployment changes");
  wizard.press("d");
  await wizard.see(/(Deploying|Deployed|Failed:?) \S+ · /);
}

test.concurrent.each(Object.entries(failures))(
  "%s: its cause stands first and is explained, the jump lands on its field, and once mended there the service runs",
  { timeout: 60_000 },
  async (scenario, failure) => {
    using home = temporaryFolder();
    const profile = writeProfile(home.path, failure.profile);
    using wizard = open(["edit", profile, `--sandbox=${scenario}`, "--sandbox-speed", "150"], { home: home.path, rows: 44 });
    await wizard.see("Deployment target");
    await deploys(wizard);

    await wizard.see(/▸ ✗ /, 30_000);
    const shown = await wizard.see(/^ f go to .* help/m);
    const words = shown.replace(/\s+/g, " ");
    expect(/✗ (.*)/.exec(shown)?.[1]).toContain(failure.cause);
    for (const value of failure.explains) expect(words).toMatch(value);
    expect(/ field +(\S+)$/m.exec(shown)?.[1]).toBe(failure.path);
    expect(shown.match(/✗ /g)).toHaveLength(1);

    wizard.press("f");
    await wizard.see(failure.section);
    await wizard.see(failure.field);
    await failure.mends(wizard);
    wizard.press(key.ctrl("r"));
    await wizard.see("Changed since the failed attempt");
    await deploys(wizard);
    await wizard.see(/Deployed shop-web/, 30_000);
    wizard.press("q");
    expect((await wizard.ended()).code).toBe(0);
  },
);

test.concurrent.each([
  [
    "denied",
    "Allow cloudformation:DescribeStacks to",
    [
      "▸ ✗ A CloudFormation permission is missing: cloudformation:CreateStack",
      "Allow cloudformation:CreateStack to arn:aws:sts::123456789012:assumed-role/Developer/sandbox.",
    ],
  ],
  [
    "expired-credentials",
    "The temporary credentials of the profile keys have expired.",
    ["▸ ✗ The temporary credentials of the profile keys have expired", "let the tool that issued them write new ones"],
  ],
] as const)(
  "%s: what is wrong is named, also where there can be no preview; the jump lands on the AWS profile, and with the right one the service runs",
  { timeout: 60_000 },
  async (scenario, preview, explained) => {
    using home = temporaryFolder();
    await using account = await openAccount(home.path, scenario);
    writeFileSync(join(home.path, "aws-config"), profiles);
    signInToSso(home.path, "corp", "token");
    using wizard = open(["edit", writeProfile(home.path), "--endpoint-url", account.endpoint], {
      home: home.path,
      env: { AWS_PROFILE: "keys" },
    });
    await wizard.see("Deployment target");
    wizard.press(key.ctrl("r"));
    await wizard.see(/ready to deploy|No errors/);
    wizard.press("d");
    await wizard.see("There is no preview");
    await wizard.see(preview);
    wizard.press("s");
    const shown = (await wizard.see(/^ f go to .* help/m, 30_000)).replace(/\s+/g, " ");
    for (const text of explained) expect(shown).toContain(text);
    wizard.press("f");
    await wizard.see("Deployment target");
    await wizard.see(/▸ AWS profile/);
    wizard.press(key.enter);
    await wizard.see(/sso +SSO/);
    wizard.press("sso", key.enter);
    await wizard.see(/AWS profile +sso/);
    await wizard.see("123456789012 (acme-prod)");
    await deploys(wizard);
    await wizard.see(/Deployed shop-web/, 30_000);
  },
);

test.concurrent.each([
  ["failed-create", async () => {}],
  [
    "stuck-rollback",
    async (wizard: Session) => {
      await wizard.see(/UPDATE_ROLLBACK_FAILED\. Press Enter to decide/);
      wizard.press(key.enter);
      await wizard.see(/k +continues it, leaving ServiceshopWeb as it is/);
      wizard.press("k");
    },
  ],
] as const)(
  "%s: what an earlier deployment left behind is cleared, and the service runs",
  { timeout: 60_000 },
  async (scenario, decides) => {
    using home = temporaryFolder();
    const profile = writeProfile(home.path);
    using wizard = open(["edit", profile, `--sandbox=${scenario}`, "--sandbox-speed", "150"], { home: home.path });
    await wizard.see("Deployment target");
    await deploys(wizard);
    await decides(wizard);
    await wizard.see(/Deployed shop-web/, 30_000);
  },
);
