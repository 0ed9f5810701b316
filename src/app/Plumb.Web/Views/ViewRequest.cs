using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Options;
using Plumb.Web.Shelf;

namespace Plumb.Web.Views;

/// <summary>What a request asks for: the options of a report, as <see cref="OptionTable"/> names them in URLs, and what is particular to the view.</summary>
/// <param name="Pair">Which profile, and what it is compared with.</param>
/// <param name="Symbol">Pattern of the functions to show; null for none.</param>
/// <param name="Pivot">Name of the frame that a flame graph turns around; null for none.</param>
internal sealed record ViewRequest(ReportOptions Options, ProfilePair Pair, string? Symbol, string? Pivot)
{
    private const int MaxValueLength = 4096;

    private static readonly FrozenDictionary<string, Option> ByParameter = Parameters().ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The options that a page can set, by their parameter.</summary>
    public static IEnumerable<KeyValuePair<string, Option>> Settable => ByParameter;

    /// <summary>The same for requests that mean the same.</summary>
    public string Key
    {
        get
        {
            var key = new StringBuilder();
            key.Append(CultureInfo.InvariantCulture, $"profile={Pair.Profile}&base={Pair.Base}&");
            foreach ((string parameter, Option option) in ByParameter.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                key.Append(parameter).Append('=').Append(Uri.EscapeDataString(option.Get(Options))).Append('&');

            return key.Append("symbol=").Append(Uri.EscapeDataString(Symbol ?? "")).Append("&p=").Append(Uri.EscapeDataString(Pivot ?? "")).ToString();
        }
    }

    public NamePattern? Pattern => Symbol is null ? null : NamePattern.Parse(Symbol);

    /// <summary>The parameters whose text is no regular expression and is taken literally, with the reason.</summary>
    public ImmutableSortedDictionary<string, string> Invalid()
    {
        var invalid = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string parameter in (string[])["f", "i", "h", "s", "sf", "prunefrom", "ts", "th"])
        {
            string text = ByParameter[parameter].Get(Options);
            if (text.Length > 0 && NamePattern.Parse(text).Invalid is { } reason)
                invalid.Add(parameter, reason);
        }

        if (Pattern?.Invalid is { } ofSymbol)
            invalid.Add("symbol", ofSymbol);

        return invalid.ToImmutable();
    }

    /// <exception cref="ReportException">A parameter is unknown, or its value is no value of it.</exception>
    public static ViewRequest Parse(ReportOptions options, ProfilePair pair, IQueryCollection query)
    {
        string? symbol = null, pivot = null;
        foreach ((string parameter, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            string value = values.Count == 1 ? values[0] ?? "" : throw new ReportException($"\"{parameter}\" is given {values.Count} times");
            if (value.Length > MaxValueLength)
                throw new ReportException($"\"{parameter}\" is longer than {MaxValueLength} characters");

            switch (parameter)
            {
                case "profile":
                    pair = pair with { Profile = Id(parameter, value) };
                    break;
                case "base":
                    pair = pair with { Base = value == "none" ? ProfilePair.Nothing : Id(parameter, value) };
                    break;
                case "symbol":
                    symbol = value.Length == 0 ? null : value;
                    break;
                case "p":
                    pivot = value.Length == 0 ? null : value;
                    break;
                default:
                    options = Set(options, parameter, value);
                    break;
            }
        }

        return new ViewRequest(options, pair, symbol, pivot);
    }

    private static int Id(string parameter, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : throw new ReportException($"{parameter}: \"{value}\" is no profile");

    private static ReportOptions Set(ReportOptions options, string parameter, string value)
    {
        if (!ByParameter.TryGetValue(parameter, out Option? option))
            throw new ReportException($"there is no option \"{parameter}\"");

        try
        {
            return option.Set(options, value);
        }
        catch (FormatException e)
        {
            throw new ReportException(e.Message, e);
        }
    }

    // Frames made of labels have no name in the reference's URLs, but belong to what a page can ask for. Files and folders do not.
    private static IEnumerable<KeyValuePair<string, Option>> Parameters() =>
        from option in OptionTable.All
        let parameter = option.UrlParameter ?? (option.Name is "tagroot" or "tagleaf" ? option.Name : null)
        where parameter is not null
        select KeyValuePair.Create(parameter, option);
}
