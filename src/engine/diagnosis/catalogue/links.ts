/** Addresses of AWS documentation, by page name. */

/** A page of the Amazon ECS Developer Guide. */
export const ecs = (page: string): string => `https://docs.aws.amazon.com/AmazonECS/latest/developerguide/${page}.html`;
/** A page of the AWS CloudFormation User Guide. */
export const cfn = (page: string): string => `https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/${page}.html`;
/** A page of the IAM User Guide. */
export const iam = (page: string): string => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;
/** A page about Application Load Balancers. */
export const alb = (page: string): string => `https://docs.aws.amazon.com/elasticloadbalancing/latest/application/${page}.html`;
/** A page of the Amazon ECR User Guide. */
export const ecr = (page: string): string => `https://docs.aws.amazon.com/AmazonECR/latest/userguide/${page}.html`;
/** A page of the Amazon VPC User Guide. */
export const vpc = (page: string): string => `https://docs.aws.amazon.com/vpc/latest/userguide/${page}.html`;
/** A page of the AWS SDKs and Tools Reference Guide. */
export const sdk = (page: string): string => `https://docs.aws.amazon.com/sdkref/latest/guide/${page}.html`;
/** A page of the AWS CLI User Guide. */
export const cli = (page: string): string => `https://docs.aws.amazon.com/cli/latest/userguide/${page}.html`;
/** An article of AWS re:Post's knowledge center. */
export const repost = (article: string): string => `https://repost.aws/knowledge-center/${article}`;

/** How the AWS configuration files are written and where credentials come from. */
export const profileDocs: readonly string[] = [sdk("file-format"), sdk("standardized-credentials")];
/** How SSO profiles are set up. */
export const ssoDocs: readonly string[] = [cli("cli-configure-sso"), sdk("feature-sso-credentials")];
