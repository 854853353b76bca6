/** What a change of a resource means for what is running, in plain words. */

/** What is done to a resource. */
export type ChangeAction = "add" | "modify" | "remove" | "import";

/** Whether a change replaces the physical resource; `unknown` where no change set could say. */
export type Replacement = "never" | "conditional" | "always" | "unknown";

type Meaning = Partial<Record<ChangeAction | "replace", string>>;

const meanings: Readonly<Record<string, Meaning>> = {
  "AWS::ECS::Service": {
    add: "The service is created and its tasks are started.",
    modify: "The service stays; its tasks are replaced step by step where the change needs new ones.",
    replace: "A new service is created and starts its tasks anew; then the running one is stopped and deleted.",
    remove: "The service is deleted and its tasks are stopped.",
  },
  "AWS::ECS::TaskDefinition": {
    add: "The first revision is registered.",
    modify: "A new revision is registered.",
    replace: "A new revision is registered and the service moves to it; the revision before it is deregistered.",
    remove: "The revision is deregistered; tasks that run it go on.",
  },
  "AWS::Logs::LogGroup": {
    replace: "A new log group is created, and the one before it is deleted with its logs.",
    remove: "The log group is deleted with all its logs.",
  },
  "AWS::IAM::Role": {
    replace: "A new role is created; running tasks keep their permissions until they are replaced.",
    remove: "The role is deleted; what still uses it loses its permissions.",
  },
};

const common: Readonly<Record<ChangeAction | "replace", string>> = {
  add: "It is created.",
  modify: "It is changed where it stands.",
  replace: "It is created anew, and the one before it is deleted.",
  remove: "It is deleted.",
  import: "It is taken into the stack as it is.",
};

/** The meaning of one change. */
export function changeMeaning(type: string, action: ChangeAction, replacement: Replacement): string {
  const key = action === "modify" && (replacement === "always" || replacement === "conditional") ? "replace" : action;
  const text = meanings[type]?.[key] ?? common[key];
  return key === "replace" && replacement === "conditional" ? `If the change needs it: ${lowerFirst(text)}` : text;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
