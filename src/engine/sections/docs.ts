/** Addresses of the AWS documentation pages behind the fields. */
const guide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";

/** A page of the ECS developer guide. */
export const ecsGuide = (page: string): string => `${guide}/${page}.html`;

/** A heading of the page that describes all task definition parameters on Fargate. */
export const taskParameter = (anchor: string): string => `${guide}/task_definition_parameters.html#${anchor}`;

/** A heading of the page that describes all service parameters. */
export const serviceParameter = (anchor: string): string => `${guide}/service_definition_parameters.html#${anchor}`;

/** A page of the CloudFormation user guide. */
export const stackGuide = (page: string): string => `https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/${page}.html`;
