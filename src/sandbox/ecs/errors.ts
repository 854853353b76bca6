import { AwsError } from "../errors.ts";

/** ECS's answer to a request it cannot accept as the client made it. */
export const clientException = (message: string): AwsError => new AwsError("ClientException", message, { status: 400 });

/** ECS's answer to a parameter that is wrong. */
export const invalidParameter = (message: string): AwsError => new AwsError("InvalidParameterException", message, { status: 400 });

/** The cluster named does not exist. */
export const clusterNotFound = (): AwsError => new AwsError("ClusterNotFoundException", "Cluster not found.", { status: 400 });

/** The service named does not exist in the cluster. */
export const serviceNotFound = (): AwsError => new AwsError("ServiceNotFoundException", "Service not found.", { status: 400 });

/** The service named is not active. */
export const serviceNotActive = (): AwsError => new AwsError("ServiceNotActiveException", "Service was not ACTIVE.", { status: 400 });
