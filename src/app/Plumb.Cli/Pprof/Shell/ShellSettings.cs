using System.Globalization;
using Plumb.Profiles;
using Plumb.Reports;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof.Shell;

/// <summary>What is set in the shell, until it is changed.</summary>
internal sealed class ShellSettings(Profile profile, ReportOptions options)
{
    private const string CommentMark = "//:";

    public ReportOptions Options { get; private set; } = options;

    /// <summary>Understands <c>name=value</c>, and the bare name of a switch or of a choice.</summary>
    /// <returns>False when the line is something else.</returns>
    /// <exception cref="FormatException">The value is none of the option.</exception>
    public bool TrySet(string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        string name = (equals < 0 ? line : line[..equals]).Trim();
        string value = equals < 0 ? "" : WithoutComment(line[(equals + 1)..]);
        if (OptionTable.Choices.TryGetValue(name, out Option? group))
        {
            if (equals < 0 || OptionTable.ParseFlag(value))
                Options = group.Set(Options, name);

            return true;
        }

        if (OptionTable.Find(name) is not { } option)
            return false;

        if (equals < 0 && option.Kind != OptionKind.Flag)
            throw new UsageException($"please specify a value, e.g. {name}=<val>");

        if (name == "sample_index")
            value = profile.SampleTypes[SampleTypeChoice.Find(profile, value)].Type;

        Options = option.Set(Options, value);
        return true;
    }

    /// <summary>All options with their values, by name.</summary>
    public IEnumerable<string> Lines() => OptionTable.All.OrderBy(option => option.Name, StringComparer.Ordinal).Select(Line);

    private string Line(Option option)
    {
        string[] types = [.. profile.SampleTypes.Select(type => type.Type)];
        string value = option.Get(Options);
        string comment = option switch
        {
            { Kind: OptionKind.Choice } => $"[{string.Join(" | ", option.Choices.Select(choice => choice.Name).Order(StringComparer.Ordinal))}]",
            { Name: "sample_index" } => $"[{string.Join(" | ", types)}]",
            { Name: "nodecount" } when value == "-1" => "default",
            _ => "",
        };
        value = value.Length > 0 ? value : option.Name switch
        {
            "sample_index" => types[SampleTypeChoice.Find(profile, "")],
            "granularity" => "(default)",
            _ => "\"\"",
        };
        return string.Create(CultureInfo.InvariantCulture, $"  {option.Name,-25} = {value,-20} {(comment.Length > 0 ? $"{CommentMark} {comment}" : "")}").TrimEnd();
    }

    private static string WithoutComment(string value)
    {
        int comment = value.LastIndexOf(CommentMark, StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim();
    }
}
