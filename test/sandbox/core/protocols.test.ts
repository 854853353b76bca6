import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { start } from "../support/sandbox.ts";
import { authorization, form, json, rest } from "../support/wire.ts";

describe("the query protocol", () => {
  it("answers XML with a result, lists of members, and the request's id in body and header", async () => {
    const sandbox = await start();
    const { status, headers, body } = await form(sandbox, "iam", "2010-05-08", { Action: "ListAccountAliases" }, "us-east-1");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/xml");
    expect(body).toMatch(/^<ListAccountAliasesResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/"><ListAccountAliasesResult>/);
    expect(body).toContain("<AccountAliases><member>acme-prod</member></AccountAliases><IsTruncated>false</IsTruncated>");
    expect(body).toContain(`<RequestId>${headers.get("x-amzn-requestid")}</RequestId>`);
  });

  it("writes an empty result too, which botocore looks for", async () => {
    const sandbox = await start();
    const { body } = await form(sandbox, "iam", "2010-05-08", { Action: "UpdateRole", RoleName: "shop-task", Description: "x" });
    expect(body).toContain("<UpdateRoleResult></UpdateRoleResult><ResponseMetadata>");
  });

  it("writes errors into an ErrorResponse with type, code, text and request id", async () => {
    const sandbox = await start();
    const { status, body, headers } = await form(sandbox, "iam", "2010-05-08", { Action: "GetRole", RoleName: "no&such<role>" });
    expect(status).toBe(404);
    expect(body).toContain("<Error><Type>Sender</Type><Code>NoSuchEntity</Code>");
    expect(body).toContain("<Message>The role with name no&amp;such&lt;role&gt; cannot be found.</Message>");
    expect(body).toContain(`<RequestId>${headers.get("x-amzn-requestid")}</RequestId>`);
  });

  it("refuses a form without an action, and an action of another API version", async () => {
    const sandbox = await start();
    expect((await form(sandbox, "sts", "2011-06-15", {})).body).toContain("<Code>MissingAction</Code>");
    const { status, body } = await form(sandbox, "sts", "2099-01-01", { Action: "GetCallerIdentity" });
    expect(status).toBe(400);
    expect(body).toContain("Could not find operation GetCallerIdentity for version 2099-01-01");
  });

  it("takes a call in the query string as well as in the body", async () => {
    const sandbox = await start();
    const { body } = await rest(sandbox, "sts", "/?Action=GetCallerIdentity&Version=2011-06-15");
    expect(body).toContain("<Account>123456789012</Account>");
  });
});

describe("EC2's protocol", () => {
  it("answers lists of items under wire names and errors in its own envelope", async () => {
    const sandbox = await start();
    const list = await form(sandbox, "ec2", "2016-11-15", {
      Action: "DescribeVpcs",
      "Filter.1.Name": "tag:Name",
      "Filter.1.Value.1": "main",
    });
    expect(list.body).toContain("<vpcSet><item><vpcId>vpc-0a1b");
    expect(list.body).toContain("<tagSet><item><key>Name</key><value>main</value></item></tagSet>");
    const error = await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeSubnets", "SubnetId.1": "subnet-1" });
    expect(error.status).toBe(400);
    expect(error.body).toContain("<Response><Errors><Error><Code>InvalidSubnetID.NotFound</Code>");
    expect(error.body).toMatch(/<RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/);
  });

  it("writes an empty list as an empty set", async () => {
    const sandbox = await start();
    const { body } = await form(sandbox, "ec2", "2016-11-15", {
      Action: "DescribeVpcs",
      "Filter.1.Name": "cidr",
      "Filter.1.Value.1": "9.9.9.9/8",
    });
    expect(body).toContain("<vpcSet/>");
  });
});

describe("JSON", () => {
  it("answers JSON with times in seconds", async () => {
    const sandbox = await start();
    const { headers, body } = await json(sandbox, "ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", {
      repositoryNames: ["shop/web"],
    });
    expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
    const [repository] = (JSON.parse(body) as { repositories: { createdAt: number; repositoryUri: string }[] }).repositories;
    expect(repository?.repositoryUri).toBe("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web");
    expect(repository?.createdAt).toBe((Date.UTC(2026, 10, 23, 12) - 300 * 86_400_000) / 1000);
  });

  it("names errors by __type", async () => {
    const sandbox = await start();
    const { status, body } = await json(sandbox, "secretsmanager", "secretsmanager.DescribeSecret", { SecretId: "nope" });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({ __type: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." });
  });

  it("refuses what is no JSON object, and targets of another service", async () => {
    const sandbox = await start();
    for (const input of ["{", "[]", "null", "7"]) {
      const { status, body } = await json(sandbox, "logs", "Logs_20140328.DescribeLogGroups", input);
      expect([status, JSON.parse(body).__type]).toEqual([400, "SerializationException"]);
    }
    const { status, body } = await json(sandbox, "logs", "AmazonSSM.GetParameters", {});
    expect([status, JSON.parse(body).__type]).toEqual([400, "UnknownOperationException"]);
  });

  it("does not mistake names that every object has for things of the account", async () => {
    const sandbox = await start();
    for (const name of ["constructor", "__proto__", "toString"]) {
      const { body } = await json(sandbox, "ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeImages", { repositoryName: name });
      expect(JSON.parse(body).__type).toBe("RepositoryNotFoundException");
    }
    expect((await json(sandbox, "ecr", "AmazonEC2ContainerRegistry_V20150921.constructor", {})).body).toContain("NotSimulated");
    const polluted = await form(sandbox, "iam", "2010-05-08", {
      Action: "ListRoles",
      "__proto__.polluted": "yes",
      "a.constructor.prototype.b": "1",
    });
    expect(polluted.status).toBe(200);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("REST with JSON", () => {
  it("finds the action by method and path, members in path and query", async () => {
    const sandbox = await start();
    const systems = JSON.parse((await rest(sandbox, "elasticfilesystem", "/2015-02-01/file-systems")).body) as {
      FileSystems: { FileSystemId: string }[];
    };
    const id = systems.FileSystems[0]?.FileSystemId ?? "";
    const targets = JSON.parse((await rest(sandbox, "elasticfilesystem", `/2015-02-01/mount-targets?FileSystemId=${id}`)).body) as {
      MountTargets: { MountTargetId: string; FileSystemId: string }[];
    };
    expect(targets.MountTargets.map((each) => each.FileSystemId)).toEqual([id, id]);
    const target = targets.MountTargets[0]?.MountTargetId;
    const groups = JSON.parse((await rest(sandbox, "elasticfilesystem", `/2015-02-01/mount-targets/${target}/security-groups`)).body);
    expect(groups.SecurityGroups).toHaveLength(1);
  });

  it("writes the error's code in body and header", async () => {
    const sandbox = await start();
    const { status, headers, body } = await rest(sandbox, "elasticfilesystem", "/2015-02-01/file-systems?FileSystemId=fs-1");
    expect(status).toBe(404);
    expect(headers.get("x-amzn-errortype")).toBe("FileSystemNotFound");
    expect(JSON.parse(body)).toMatchObject({ ErrorCode: "FileSystemNotFound", Message: "File system 'fs-1' does not exist." });
  });
});

describe("requests nobody should send", () => {
  it("asks for a credential scope it can read", async () => {
    const sandbox = await start();
    const without = await fetch(sandbox.endpoint, { method: "POST", body: "Action=GetCallerIdentity&Version=2011-06-15" });
    expect([without.status, await without.text()]).toEqual([403, expect.stringContaining("MissingAuthenticationToken")]);
    const odd = await fetch(sandbox.endpoint, {
      method: "POST",
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=a/b/c" },
      body: "x",
    });
    expect([odd.status, await odd.text()]).toEqual([403, expect.stringContaining("IncompleteSignature")]);
  });

  it("refuses services, actions and regions it does not have, each in its own way", async () => {
    const sandbox = await start();
    expect((await json(sandbox, "lambda", "x.ListFunctions", {})).body).toContain(
      'The sandbox does not simulate the service \\"lambda\\".',
    );
    const action = await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeInstances" });
    expect([action.status, action.body]).toEqual([400, expect.stringContaining("The sandbox does not simulate ec2:DescribeInstances.")]);
    expect((await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeVpcs" }, "me-south-1")).body).toContain("<Code>AuthFailure</Code>");
    expect((await json(sandbox, "ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", {}, "xx-nowhere-1")).body).toContain(
      "UnrecognizedClientException",
    );
    expect((await form(sandbox, "sts", "2011-06-15", { Action: "GetCallerIdentity" }, "me-south-1")).body).toContain(
      "InvalidClientTokenId",
    );
  });

  it("survives bytes that are no HTTP, absurd paths and deep forms", async () => {
    const sandbox = await start();
    await new Promise<void>((resolve) => {
      const socket = connect(sandbox.port, "127.0.0.1", () => socket.end("\0\0 nonsense\r\n\r\n"));
      socket.on("close", () => resolve());
      socket.on("error", () => resolve());
      socket.resume();
    });
    expect((await rest(sandbox, "elasticfilesystem", "/%E0%A4%A")).status).toBeLessThan(500);
    expect((await rest(sandbox, "elasticfilesystem", "/2015-02-01/mount-targets/%E0%A4%A/security-groups")).status).toBe(404);
    const deep = Array.from({ length: 5000 }, () => "a").join(".");
    expect((await form(sandbox, "iam", "2010-05-08", { Action: "ListRoles", [deep]: "1" })).body).toContain("MalformedQueryString");
    const response = await fetch(sandbox.endpoint, {
      method: "POST",
      headers: { authorization: authorization("ec2") },
      body: new Uint8Array([255, 254, 0]),
    });
    expect(response.status).toBe(400);
    expect((await form(sandbox, "sts", "2011-06-15", { Action: "GetCallerIdentity" })).status).toBe(200);
  });
});
