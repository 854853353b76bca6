/** What a person does in the wizard, in words; each step waits until the screen shows that it has happened. */
import { key, type Session } from "./program.ts";

/** Fills in the target: the region and the cluster by their pickers. */
export async function choosesTarget(wizard: Session): Promise<void> {
  await wizard.see("Deployment target");
  await wizard.see(/▸ Cluster/);
  wizard.press(key.up, key.enter);
  await wizard.see(/eu-west-1 +Europe/);
  wizard.press("eu-west-1", key.enter);
  await wizard.see(/Region \* +eu-west-1/);
  await wizard.see(/▸ Cluster/);
  wizard.press(key.enter);
  await wizard.see(/production +ACTIVE/);
  wizard.press("production", key.enter);
  await wizard.see(/Cluster \* +production/);
}

/** Goes to the next section. */
export async function goesOn(wizard: Session, title: string): Promise<void> {
  wizard.press(key.ctrl("n"));
  await wizard.see(title);
}

/** Names the service. */
export async function namesIt(wizard: Session, name: string): Promise<void> {
  await goesOn(wizard, "2 of 11");
  wizard.press(name);
  await wizard.see(new RegExp(`Name \\* +${name}`));
}

/** Chooses the two private subnets and a security group. */
export async function choosesNetwork(wizard: Session): Promise<void> {
  await goesOn(wizard, "3 of 11");
  await goesOn(wizard, "4 of 11");
  await goesOn(wizard, "5 of 11");
  wizard.press(key.enter);
  await wizard.see(/○ private-b/);
  wizard.press("private-", key.down, key.up);
  await wizard.gone(/○ public-a/);
  wizard.press(key.space, key.down, key.space);
  await wizard.see(/Subnets \* +2 chosen {2}private-a, private-b/);
  wizard.press(key.enter);
  await wizard.see(/▸ Security groups/);
  wizard.press(key.enter);
  await wizard.see(/○ web-tasks/);
  wizard.press("web-tasks", key.enter);
  await wizard.see(/Security groups \* +1 chosen {2}web-tasks/);
  wizard.press(key.escape);
  await wizard.gone("type to filter");
}

/** Adds a container of the sandbox's repository with a tag and a port. */
export async function addsContainer(wizard: Session, name: string, repository: string, tag: string, port: string): Promise<void> {
  await goesOn(wizard, "6 of 11");
  await goesOn(wizard, "7 of 11");
  wizard.press("a");
  await wizard.see(/Containers › /);
  wizard.press(name, key.enter);
  await wizard.see(/▸ Image/);
  await choosesImage(wizard, repository, tag);
  wizard.press(key.down, "a", port);
  await wizard.see(`› Ports › ${port}/tcp`);
}

/** Chooses an image for the container whose image is under the cursor. */
export async function choosesImage(wizard: Session, repository: string, tag: string): Promise<void> {
  wizard.press(key.enter);
  await wizard.see(/shop\/checkout/);
  wizard.press(repository);
  await wizard.see(new RegExp(`▸ +(?:◉ )?${repository}`));
  wizard.press(key.enter);
  await wizard.see(new RegExp(`\\b${tag}\\b`));
  wizard.press(tag);
  await wizard.see(`/${tag} `);
  await wizard.see(new RegExp(`▸ +(?:◉ )?${tag} `));
  wizard.press(key.enter);
  await wizard.see(new RegExp(`Image \\* .*:${tag}$`, "m"));
}

/** Goes to the review and asks what the deployment would change. */
export async function seesChanges(wizard: Session): Promise<void> {
  wizard.press(key.ctrl("r"));
  await wizard.see("ready to deploy");
  wizard.press("d");
  await wizard.see("What this deployment changes");
}

/** Goes to the review, sees that nothing is missing, and deploys. */
export async function reviewsAndDeploys(wizard: Session): Promise<void> {
  await seesChanges(wizard);
  wizard.press("d");
  await wizard.see(/(Deploying|Deployed|Failed:?) \S+ · /);
}

/** Goes to a field by the search over all fields, which offers it as a first answer. */
export async function searchesFor(wizard: Session, words: string, found: string | RegExp): Promise<void> {
  wizard.press(key.ctrl("p"));
  await wizard.see("Go to a field");
  wizard.press(words);
  await wizard.see(new RegExp(`^.*▸ ${typeof found === "string" ? found : found.source}`, "m"));
  wizard.press(key.enter);
  await wizard.gone("Go to a field");
}
