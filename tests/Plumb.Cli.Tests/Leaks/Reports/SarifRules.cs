using System.Text.Json;

namespace Plumb.Cli.Tests.Leaks.Reports;

/// <summary>
/// The rules of SARIF 2.1.0 (OASIS) for the objects that Plumb writes: which properties there are, which must be there, and what they may hold;
/// and those that no JSON Schema can express.
/// </summary>
internal static class SarifRules
{
    public static JsonSchema Schema { get; } = JsonSchema.Parse("""
        {
          "type": "object",
          "required": ["version", "runs"],
          "properties": {
            "$schema": { "type": "string", "pattern": "^https://" },
            "version": { "const": "2.1.0" },
            "runs": { "type": "array", "items": { "$ref": "#/$defs/run" } }
          },
          "$defs": {
            "level": { "enum": ["none", "note", "warning", "error"] },
            "message": { "type": "object", "required": ["text"], "properties": { "text": { "type": "string", "pattern": "." } } },
            "run": {
              "type": "object",
              "required": ["tool"],
              "properties": {
                "tool": { "type": "object", "required": ["driver"], "properties": { "driver": { "$ref": "#/$defs/driver" } } },
                "invocations": { "type": "array", "items": { "$ref": "#/$defs/invocation" } },
                "automationDetails": { "type": "object", "properties": { "id": { "type": "string" } } },
                "columnKind": { "enum": ["utf16CodeUnits", "unicodeCodePoints"] },
                "results": { "type": "array", "items": { "$ref": "#/$defs/result" } }
              }
            },
            "driver": {
              "type": "object",
              "required": ["name"],
              "properties": {
                "name": { "type": "string", "pattern": "." },
                "semanticVersion": { "type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+([-+].*)?$" },
                "rules": { "type": "array", "items": { "$ref": "#/$defs/rule" } }
              }
            },
            "rule": {
              "type": "object",
              "required": ["id"],
              "properties": {
                "id": { "type": "string", "pattern": "." },
                "shortDescription": { "$ref": "#/$defs/message" },
                "fullDescription": { "$ref": "#/$defs/message" },
                "help": { "type": "object", "required": ["text"], "properties": { "text": { "type": "string" }, "markdown": { "type": "string" } } },
                "helpUri": { "type": "string", "pattern": "^https://" },
                "defaultConfiguration": { "type": "object", "properties": { "level": { "$ref": "#/$defs/level" } } },
                "properties": { "$ref": "#/$defs/bag" }
              }
            },
            "bag": { "type": "object" },
            "invocation": {
              "type": "object",
              "required": ["executionSuccessful"],
              "properties": {
                "executionSuccessful": { "type": "boolean" },
                "toolExecutionNotifications": {
                  "type": "array",
                  "items": { "type": "object", "required": ["message"], "properties": { "level": { "$ref": "#/$defs/level" }, "message": { "$ref": "#/$defs/message" } } }
                }
              }
            },
            "result": {
              "type": "object",
              "required": ["message"],
              "properties": {
                "ruleId": { "type": "string" },
                "ruleIndex": { "type": "integer", "minimum": -1 },
                "level": { "$ref": "#/$defs/level" },
                "kind": { "enum": ["notApplicable", "pass", "fail", "review", "open", "informational"] },
                "message": { "$ref": "#/$defs/message" },
                "locations": { "type": "array", "items": { "$ref": "#/$defs/location" } },
                "relatedLocations": { "type": "array", "items": { "$ref": "#/$defs/location" } },
                "partialFingerprints": { "type": "object", "additionalProperties": { "type": "string" } },
                "codeFlows": { "type": "array", "items": { "$ref": "#/$defs/codeFlow" } },
                "rank": { "type": "number", "minimum": -1, "maximum": 100 },
                "properties": { "$ref": "#/$defs/bag" }
              }
            },
            "codeFlow": {
              "type": "object",
              "required": ["threadFlows"],
              "properties": { "threadFlows": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/threadFlow" } } }
            },
            "threadFlow": {
              "type": "object",
              "required": ["locations"],
              "properties": {
                "locations": {
                  "type": "array",
                  "minItems": 1,
                  "items": {
                    "type": "object",
                    "properties": { "location": { "$ref": "#/$defs/location" }, "importance": { "enum": ["important", "essential", "unimportant"] } }
                  }
                }
              }
            },
            "location": {
              "type": "object",
              "properties": {
                "id": { "type": "integer", "minimum": -1 },
                "message": { "$ref": "#/$defs/message" },
                "physicalLocation": {
                  "type": "object",
                  "required": ["artifactLocation"],
                  "properties": {
                    "artifactLocation": { "type": "object", "properties": { "uri": { "type": "string", "pattern": "." }, "uriBaseId": { "type": "string" } } },
                    "region": {
                      "type": "object",
                      "properties": { "startLine": { "type": "integer", "minimum": 1 }, "snippet": { "$ref": "#/$defs/message" } }
                    }
                  }
                },
                "logicalLocations": {
                  "type": "array",
                  "items": { "type": "object", "properties": { "fullyQualifiedName": { "type": "string" }, "kind": { "type": "string" } } }
                }
              }
            }
          }
        }
        """);

    /// <summary>What is wrong between the objects of a log.</summary>
    public static IReadOnlyList<string> Faults(string log)
    {
        List<string> faults = [];
        using JsonDocument document = JsonDocument.Parse(log);
        foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
        {
            List<string?> rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString())];
            if (rules.Distinct().Count() != rules.Count)
            {
                faults.Add("two rules have one id");
            }

            foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
            {
                if (rules.ElementAtOrDefault(result.GetProperty("ruleIndex").GetInt32()) != result.GetProperty("ruleId").GetString())
                {
                    faults.Add("ruleIndex and ruleId name different rules (3.27.6)");
                }

                if (result.GetProperty("kind").GetString() != "fail" && result.GetProperty("level").GetString() != "none")
                {
                    faults.Add("a result that is no failure has a level (3.27.10)");
                }

                List<int> ids = [.. result.GetProperty("relatedLocations").EnumerateArray().Where(one => one.TryGetProperty("id", out _)).Select(one => one.GetProperty("id").GetInt32())];
                if (ids.Distinct().Count() != ids.Count)
                {
                    faults.Add("two locations of a result have one id (3.28.2)");
                }
            }
        }

        return faults;
    }
}
