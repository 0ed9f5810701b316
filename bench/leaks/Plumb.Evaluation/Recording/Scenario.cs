using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumb.Evaluation.Recording;

/// <summary>One scenario of a program of the lab, as its <c>--list</c> tells of it.</summary>
/// <param name="Rate">Calls a second that show it well.</param>
/// <param name="Truth">What goes into <c>truth.json</c> when it leaks.</param>
internal sealed record Scenario(string Name, string Story, bool Leaks, double Rate, JsonObject Truth)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>The flags that start it: a defect can be careless or mended, a look-alike is what it is.</summary>
    public IEnumerable<string> Variants => Leaks ? ["leak", "fixed"] : ["healthy"];

    public static async Task<IReadOnlyList<Scenario>> ListAsync(string program)
    {
        using Process list = Process.Start(new ProcessStartInfo(program, "--list") { RedirectStandardOutput = true })!;
        string lines = await list.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await list.WaitForExitAsync().ConfigureAwait(false);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Scenario>(line, s_options)!)];
    }
}
