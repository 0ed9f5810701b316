using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Resolving;

/// <summary><c>llvm-symbolizer</c> with its JSON answers: one line for each address.</summary>
internal sealed class LlvmSymbolizer : BatchResolver
{
    private readonly string _kind;

    private LlvmSymbolizer(ToolProcess tool, bool isData)
        : base(tool) => _kind = isData ? "DATA" : "CODE";

    /// <param name="binary">A full path. It is an argument and not part of each question, where a space or line break in it would mean something.</param>
    /// <param name="isData">Whether the addresses are of variables.</param>
    public static LlvmSymbolizer Start(string program, string binary, bool isData, ToolLimits limits) =>
        new(ToolProcess.Start(program, [$"--obj={binary}", "--inlines", "--no-demangle", "--output-style=JSON"], limits), isData);

    protected override IEnumerable<string> Questions(ulong address) => [string.Create(CultureInfo.InvariantCulture, $"{_kind} 0x{address:x}")];

    protected override async ValueTask<ImmutableArray<SymbolFrame>> ReadAnswerAsync(CancellationToken cancellationToken)
    {
        string line = await Tool.ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            return Frames(answer.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SymbolizationException($"llvm-symbolizer's answer is not what was expected; version 13 or later is needed: {e.Message}", e);
        }
    }

    private static ImmutableArray<SymbolFrame> Frames(JsonElement answer)
    {
        if (answer.TryGetProperty("Data", out JsonElement data))
            return Text(data, "Name") is { Length: > 0 } name ? [new SymbolFrame(name, "", 0)] : [];

        var frames = new List<SymbolFrame>();
        if (answer.TryGetProperty("Symbol", out JsonElement symbols))
        {
            foreach (JsonElement symbol in symbols.EnumerateArray())
                frames.Add(new SymbolFrame(Text(symbol, "FunctionName"), Text(symbol, "FileName"), Number(symbol, "Line"), Number(symbol, "Column"), Number(symbol, "StartLine")));
        }

        return Known(frames);
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.GetString() is { } text && text != "??" ? text : "";

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) && number > 0 ? number : 0;
}
