/** Steps that several causes share. */

/** How a task gets a way out, in terms of the wizard's network section. */
export const networkWays: readonly string[] = [
  "Decide on one of three shapes in the network section: public subnets with Auto-assign public IP on; private subnets whose route table leads to a NAT gateway; or private subnets with VPC endpoints.",
  "Check a subnet's routes: `aws ec2 describe-route-tables --filters Name=association.subnet-id,Values={subnet}`. 0.0.0.0/0 must lead to igw-… (then Auto-assign public IP must be on) or to nat-… (then off). No rows: the VPC's main route table applies.",
  "The task's security group must let TCP 443 out[[ ({securityGroups})]]; with VPC endpoints, the endpoints' own security group must let 443 in from it.",
];

/** Where the tasks' own reasons are. */
export const stoppedTaskReasons =
  "`ecs-wizard errors[[ {profile}]]` shows the stopped tasks of the deployment with exit code and last log lines; by hand: `aws ecs list-tasks --cluster {cluster} --family {family} --desired-status STOPPED`, then `aws ecs describe-tasks` (kept for about an hour, also when the service is gone).";

/** The identity in use. */
export const whoAmI = "`aws sts get-caller-identity[[ --profile {awsProfile}]]`: is it the identity and the account you meant?";

/** The fields that decide whether a task reaches AWS. */
export const networkFields: readonly string[] = ["network.subnets", "network.assignPublicIp", "network.securityGroups"];

/** The fields that decide who calls AWS. */
export const accessFields: readonly string[] = ["target.awsProfile", "target.assumeRole.roleArn"];
