using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plumb.Cli.Leaks.Arguments;

namespace Plumb.Cli.Loading;

/// <summary>Options whose values are durations, whole numbers or rates; a value that is none is an error that says what to write.</summary>
internal static class OptionParsing
{
    public static Option<TimeSpan?> Duration(string name, string[] aliases, string description) => new(name, aliases)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => DurationText.TryParse(result.Tokens[0].Value, out TimeSpan duration) && duration > TimeSpan.Zero
            ? duration
            : Fail<TimeSpan?>(result, $"'{result.Tokens[0].Value}' is not a duration: write 90s, 5m, 1h30m or 500ms"),
    };

    public static Option<long?> Whole(string name, string[] aliases, long most, string description) => new(name, aliases)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number >= 1 && number <= most
            ? number
            : Fail<long?>(result, string.Create(CultureInfo.InvariantCulture, $"'{result.Tokens[0].Value}' is not a whole number from 1 to {most}")),
    };

    public static Option<double?> Number(string name, string[] aliases, double most, string description) => new(name, aliases)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number >= 0 && number <= most
            ? number
            : Fail<double?>(result, string.Create(CultureInfo.InvariantCulture, $"'{result.Tokens[0].Value}' is not a number from 0 to {most}")),
    };

    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => SizeText.TryParse(result.Tokens[0].Value, out long bytes)
            ? bytes
            : Fail<long?>(result, $"'{result.Tokens[0].Value}' is not a size: write 512MiB, 1.5G or a number of bytes"),
    };

    public static Option<string[]> Many(string name, string[] aliases, string helpName, string description) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Text(string name, string[] aliases, string helpName, string description) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
    };

    private static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
