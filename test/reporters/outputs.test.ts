import { parse } from "dotenv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { outputsDotenv, outputsFor, outputsForGitHub } from "../../src/reporters/outputs.ts";

const outputs = {
  ServiceName: "shop",
  "AwsOutputs[StackId]": "arn:aws:cloudformation:eu-west-1:1:stack/x/y",
  "AwsOutputs[Text]": "two\nlines",
};

test("JSON keeps the names, dotenv makes them plain", () => {
  expect(JSON.parse(outputsFor("out.JSON", outputs))).toEqual(outputs);
  expect(parse(outputsFor("out.env", outputs))).toEqual({
    ServiceName: "shop",
    AwsOutputs_StackId: "arn:aws:cloudformation:eu-west-1:1:stack/x/y",
    AwsOutputs_Text: "two\nlines",
  });
});

test("values with blanks, quotes, marks and line feeds are read back as they were", () => {
  const text = fc.string({ unit: fc.constantFrom("a", " ", "'", "#", "$", "=", "\n", "é") });
  fc.assert(
    fc.property(text, (value) => {
      expect(parse(outputsDotenv({ NAME: value }))).toEqual({ NAME: value });
    }),
  );
});

test("GitHub's file gets one line a value, and delimiters that do not occur in longer ones", () => {
  expect(outputsForGitHub(outputs)).toContain("ServiceName=shop\n");
  expect(outputsForGitHub({ Text: "a\necs_wizard_end\nb" })).toBe("Text<<ecs_wizard_end_\na\necs_wizard_end\nb\necs_wizard_end_\n");
});
