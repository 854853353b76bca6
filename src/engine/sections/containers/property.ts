/** A property of a container definition in CloudFormation's words. */
export const containerProperty = (name: string): string => `AWS::ECS::TaskDefinition.ContainerDefinitions.${name}`;
