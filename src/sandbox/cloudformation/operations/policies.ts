import type { ResourceDeclaration } from "../template/types.ts";

/** DeletionPolicy and UpdateReplacePolicy of a declaration; Snapshot has no meaning for the simulated types and counts as Delete. */
export function policiesOf(declaration: ResourceDeclaration): { deletionPolicy: string; updateReplacePolicy: string } {
  return {
    deletionPolicy: String(declaration.DeletionPolicy ?? "Delete"),
    updateReplacePolicy: String(declaration.UpdateReplacePolicy ?? "Delete"),
  };
}

/** Whether deleting the resource leaves it in the account: `RetainExceptOnCreate` does not when its very creation is rolled back. */
export function isRetained(policy: string, whileRollingBackCreation: boolean): boolean {
  return policy === "Retain" || (policy === "RetainExceptOnCreate" && !whileRollingBackCreation);
}
