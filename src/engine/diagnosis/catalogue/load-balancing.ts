import type { Cause } from "./cause.ts";
import { alb, ecs, repost } from "./links.ts";

const unhealthy = [ecs("service-unhealthy-event-messages"), alb("target-group-health-checks"), repost("troubleshoot-unhealthy-checks-ecs")];
const mapping = ["loadBalancerMappings[].targetGroupArn"];

/** Load balancers, target groups, listeners and their health checks. */
export const loadBalancing: readonly Cause[] = [
  {
    id: "elb-name-taken",
    title: "A load balancer or target group of this name exists with other settings",
    origins: ["cfn-event"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /(?<kind>load balancer|target group) with the same name '?(?<name>[\w-]{1,64})?'? ?exists/,
      /Duplicate(?<kind>LoadBalancer|TargetGroup)Name/,
      /(?<kind>load balancer|target group)…(?:cannot|can not)…same name/,
    ],
    cause:
      "Names are unique in region and account[[ ({name})]]. Typical: a left-over of an earlier stack, or a change that needs a replacement while the name is fixed.",
    fix: [
      "In the stack that owns it: leave the name out (CloudFormation makes one) or change it.",
      "Or delete the left-over, once nothing uses it.",
    ],
    fields: mapping,
    docs: [alb("create-target-group")],
  },
  {
    id: "listener-port-taken",
    title: "The load balancer already has a listener on this port",
    origins: ["cfn-event"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /listener already exists on this port/,
      /DuplicateListener/,
      /listener (?:with|on|for) (?:the )?(?:same )?port…(?:already )?exists/,
    ],
    cause:
      "Two listeners for one port: made by hand, in another stack, or an update that replaces the listener (the new one is created before the old one goes).",
    fix: [
      "`aws elbv2 describe-listeners --load-balancer-arn <arn>`: delete the other listener, use another port, or make the change in two deployments.",
    ],
    fields: mapping,
    docs: [alb("load-balancer-listeners")],
  },
  {
    id: "certificate-invalid",
    title: "The TLS certificate cannot be used by this load balancer",
    origins: ["cfn-event"],
    rootness: "root",
    likelihood: 0.96,
    match: [
      /certificate arn '?(?<certificate>[^'\s]{1,300})'? is not valid/,
      /CertificateNotFound/,
      /certificate '?(?<certificate>arn:[^'\s]{1,300})'? (?:was )?not found/,
      /UnsupportedCertificate/,
      /certificate…must have a fully-qualified domain name/,
      /certificate must be specified for (?:HTTPS|TLS) listeners/,
    ],
    cause:
      "The certificate is in another region or account, not issued yet, or the ARN is a placeholder. A load balancer takes only certificates of its own region (us-east-1 ones are for CloudFront).",
    fix: ["`aws acm list-certificates --region {region}`: request or import the certificate there and wait for the status ISSUED."],
    fields: mapping,
    docs: [alb("https-listener-certificates")],
  },
  {
    id: "event-unhealthy-elb-az",
    title: "The task runs in a zone the load balancer does not serve",
    origins: ["ecs-event"],
    rootness: "root",
    likelihood: 0.97,
    match: [/availability zone that is not enabled for the load balancer/, /target…(?:zone|AZ)…not enabled/],
    cause:
      "The service's subnets[[ ({subnets})]] include an Availability Zone in which the load balancer has no subnet: targets there never become healthy.",
    fix: [
      "Choose the same zones for both: remove that zone's subnet from the network section, or add a subnet of the zone to the load balancer (`aws elbv2 set-subnets`).",
    ],
    fields: ["network.subnets", ...mapping],
    docs: unhealthy,
  },
  {
    id: "event-unhealthy-elb-code",
    title: "The health check got an unexpected HTTP status",
    origins: ["ecs-event"],
    rootness: "root",
    likelihood: 0.85,
    match: [/health checks failed with these codes:? \[?<codes>/, /health checks failed with/, /ResponseCodeMismatch/],
    cause:
      "The load balancer reached the container and got a status outside the target group's matcher (200 by default)[[: {codes}]]. 404: no such path. 301/302: a redirect to https or a login. 401/403: authentication. 400: the Host header is not allowed. 5xx: the application is failing or not up yet.",
    fix: [
      "Point the target group at a path that answers 200 without login: `aws elbv2 modify-target-group --target-group-arn {targetGroup} --health-check-path /health`; or widen its matcher (`--matcher HttpCode=200-399`).",
      "Slow start (502/503 at first): raise the health check grace period in the deployment section.",
      "Try it: `curl -i http://<task ip>:{port}/` from inside the VPC.",
    ],
    fields: ["loadBalancerMappings[].targetGroupArn", "loadBalancerMappings[].containerPort", "deployment.healthCheckGracePeriodSeconds"],
    docs: unhealthy,
  },
  {
    id: "event-unhealthy-elb-timeout",
    title: "The health check got no answer",
    origins: ["ecs-event"],
    rootness: "root",
    likelihood: 0.85,
    match: [/\(?reason:? "?request timed out/, /Target\.Timeout/, /(?:unhealthy|health check|target)…(?:request|connection) timed out/],
    cause:
      "The load balancer could not connect, or got no answer in time: the task's security group[[ ({securityGroups})]] does not let the load balancer in[[ on port {port}]], the program listens on 127.0.0.1 or another port, or it is too slow.",
    fix: [
      "The task's security group must let TCP {port} in from the load balancer's security group.",
      "The program must listen on 0.0.0.0:{port}; the mapping's container port must be that port.",
      "Just slow: raise the target group's health check timeout and the health check grace period.",
    ],
    fields: ["network.securityGroups", "loadBalancerMappings[].containerPort", "deployment.healthCheckGracePeriodSeconds"],
    docs: unhealthy,
  },
  {
    id: "event-unhealthy-elb",
    title: "A task is unhealthy in the target group",
    origins: ["ecs-event"],
    rootness: "symptom",
    likelihood: 0.6,
    match: [
      /is (?:unhealthy|not healthy) in \(?(?:target-group|elb) \(?(?<target_group>[^\s)]{1,300})\)?(?!…TARGET GROUP IS NOT FOUND)/,
      /is unhealthy in \(?(?:target|elb)/,
      /Target\.FailedHealthChecks/,
      /\(?reason:? "?health checks failed\b/,
      /failed at least the UnhealthyThreshold number/,
    ],
    cause: "The load balancer marks the target unhealthy; the reason in brackets is a general one here.",
    fix: [
      "`aws elbv2 describe-target-health --target-group-arn {targetGroup}` shows reason and description.",
      "Check in this order: health check path, port, matcher, security group, grace period.",
    ],
    fields: ["loadBalancerMappings[].containerPort", "network.securityGroups", "deployment.healthCheckGracePeriodSeconds", ...mapping],
    lookNext: ["target health", "container log"],
    docs: unhealthy,
  },
  {
    id: "target-group-deleted",
    title: "The target group no longer exists",
    origins: ["ecs-event"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /target group is not found/,
      /TargetGroupNotFound/,
      /target groups? (?:'?[\w:/.-]{1,300}'? )?(?:were |was )?not found/,
      /target group…does not exist/,
    ],
    cause: "The target group[[ {targetGroup}]] was deleted or replaced while the service still uses it, or it is in another region.",
    fix: ["Choose an existing target group in the mapping and deploy again; do not delete target groups before the service."],
    fields: mapping,
    docs: [ecs("troubleshoot-service-load-balancers")],
  },
  {
    id: "target-registration-failed",
    title: "ECS could not register the task with the load balancer",
    origins: ["ecs-event"],
    rootness: "root",
    likelihood: 0.9,
    match: [
      /failed to (?:de)?register targets in \(?target-group (?<target_group>[^\s)]{1,300})\) with \(?error <error>/,
      /(?:failed|unable) to (?:de)?register targets?/,
      /targets are not in the target group VPC/,
    ],
    cause:
      "The registration was refused[[: {error}]]; typical: the target group is in another VPC than the tasks, or the service-linked role is broken.",
    fix: [
      "Target group, subnets and security groups must be in one VPC; the target type must be ip. The picker shows both for every target group.",
    ],
    fields: [...mapping, "network.subnets"],
    docs: [ecs("troubleshoot-service-load-balancers")],
  },
  {
    id: "target-group-no-lb",
    title: "The target group is not attached to a load balancer yet",
    origins: ["cfn-event", "ecs-api"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /target group (?:with targetGroupArn )?(?<target_group>arn:[^\s]{1,300}) does not have an associated load balancer/,
      /does not have an associated load ?b/,
      /target groups?…(?:is|are) not (?:attached to|associated with|used by) (?:a|any) load balancer/,
      /target group is not configured to receive traffic/,
    ],
    cause: "ECS wants a listener or rule that forwards to the target group[[ {targetGroup}]] before the service is created.",
    fix: [
      "Add a listener or rule that forwards to this target group, then deploy again.",
      "Or choose another target group: the picker shows the load balancer of each.",
    ],
    fields: mapping,
    docs: [ecs("service-load-balancing")],
  },
  {
    id: "target-group-type-mismatch",
    title: "The target group has the wrong target type",
    origins: ["cfn-event", "ecs-api"],
    rootness: "root",
    likelihood: 0.98,
    match: [
      /target group (?<target_group>arn:[^\s]{1,300}) has target type (?<type>\w{1,20}), which is incompatible/,
      /has target type (?<type>\w{1,20}),? (?:which|and) is (?:inc?|not compatible)/,
      /target type…(?:incompatible with|must be ip|not compatible with)/,
    ],
    cause: "Fargate tasks are registered by IP address; this target group[[ {targetGroup}]] was made for another target type[[ ({type})]].",
    fix: [
      "Choose a target group of type ip (the picker marks the others), or make one: `aws elbv2 create-target-group --target-type ip --vpc-id {vpc} --protocol HTTP --port {port} --name <name>`.",
      "The type of an existing target group cannot be changed.",
    ],
    fields: mapping,
    docs: [ecs("alb")],
  },
  {
    id: "container-port-mismatch",
    title: "The load balancer points at a container or port the task definition does not have",
    origins: ["cfn-event", "ecs-api"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /container (?<container>[\w-]{1,255}) did not have a container port <port> defined/,
      /did not have a container port/,
      /container (?<container>[\w-]{1,255}) does not exist in the task definition/,
      /container(?: name)? '?(?<container>[\w-]{1,255})'?…not (?:found|defined) in (?:the )?task definition/,
    ],
    cause: "Container and port of the load balancer mapping[[ ({container}:{port})]] match no container's port mapping.",
    fix: [
      "Make name and port equal in both places (names are case-sensitive): choose them from the list in the mapping, or add the port to the container.",
    ],
    fields: ["loadBalancerMappings[].containerPort", "loadBalancerMappings[].containerName", "containers[].portMappings"],
    docs: [ecs("service-load-balancing")],
  },
  {
    id: "elb-role-cannot-assume",
    title: "ECS could not use the role given for the load balancer",
    origins: ["cfn-event", "ecs-api"],
    rootness: "root",
    likelihood: 0.9,
    match: [
      /unable to assume role and validate (?<what>[\w ]{1,80})/,
      /unable to assume (?:the )?role…(?:target ?group|load balancer|listeners)/,
      /'[^']{1,300}' is not a valid target group ARN/,
    ],
    cause:
      "Either the ARN of the mapping is no target group (often it is the load balancer's), or the service names an old-style role that ECS cannot assume.",
    fix: [
      "The mapping wants an ARN …:targetgroup/… of the same region and account: pick it in the wizard.",
      "An imported service with a Role: drop it, ECS uses its service-linked role.",
    ],
    fields: mapping,
    docs: [ecs("service-load-balancing"), ecs("using-service-linked-roles")],
  },
  {
    id: "alb-two-subnets",
    title: "The load balancer needs subnets in two zones",
    origins: ["cfn-event"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /cannot be attached to multiple subnets in the same availability zone/,
      /at least two subnets in two different availability zones/,
      /(?:load balancer|ALB)…(?:at least two|two or more) (?:subnets|availability zones)/,
    ],
    cause: "An Application Load Balancer needs at least two subnets, each in another Availability Zone.",
    fix: ["Give the load balancer two subnets (public ones, when it faces the internet) of different zones."],
    fields: [],
    docs: [alb("application-load-balancers")],
  },
];
