using System.Globalization;
using System.Text;

namespace Plumb.Collectors.Metrics;

/// <summary>Reads the Prometheus text exposition format 0.0.4 and, as far as the two agree, OpenMetrics.</summary>
/// <remarks>
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/. A line that does not follow the format is skipped and
/// counted, where a scraper would refuse the whole page: one bad line of a service should not cost the request counter.
/// </remarks>
public static class PrometheusText
{
    /// <summary>Reads a whole page; never throws for what the page holds.</summary>
    public static MetricsPage Parse(ReadOnlySpan<char> text, MetricsLimits? limits = null)
    {
        limits ??= MetricsLimits.Default;
        List<MetricSample> samples = [];
        Dictionary<string, MetricKind> kinds = new(StringComparer.Ordinal);
        int skipped = 0;
        // Not EnumerateLines: it also ends a line at U+2028 and form feed, which label values may hold.
        foreach (Range range in text.Split('\n'))
        {
            ReadOnlySpan<char> line = text[range].Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length > limits.MaxLineLength || samples.Count == limits.MaxSamples)
            {
                skipped++;
            }
            else if (line[0] == '#')
            {
                ReadComment(line, kinds, limits);
            }
            else if (TryReadSample(line, limits) is { } sample)
            {
                samples.Add(sample);
            }
            else
            {
                skipped++;
            }
        }

        return new MetricsPage(samples, kinds, skipped);
    }

    /// <summary>Reads the bytes of a page as UTF-8; bytes that are not become U+FFFD.</summary>
    public static MetricsPage Parse(ReadOnlySpan<byte> utf8, MetricsLimits? limits = null) => Parse(Encoding.UTF8.GetString(utf8), limits);

    // "# TYPE name counter"; HELP and other comments say nothing that is needed.
    private static void ReadComment(ReadOnlySpan<char> line, Dictionary<string, MetricKind> kinds, MetricsLimits limits)
    {
        ReadOnlySpan<char> rest = line[1..].TrimStart();
        if (!rest.StartsWith("TYPE ", StringComparison.Ordinal) || kinds.Count == limits.MaxSamples)
        {
            return;
        }

        rest = rest["TYPE ".Length..].TrimStart();
        int nameLength = NameLength(rest);
        if (nameLength > 0)
        {
            kinds[rest[..nameLength].ToString()] = rest[nameLength..].Trim() switch
            {
                "counter" => MetricKind.Counter,
                "gauge" => MetricKind.Gauge,
                "histogram" => MetricKind.Histogram,
                "summary" => MetricKind.Summary,
                _ => MetricKind.Untyped,
            };
        }
    }

    private static MetricSample? TryReadSample(ReadOnlySpan<char> line, MetricsLimits limits)
    {
        int nameLength = NameLength(line);
        if (nameLength == 0)
        {
            return null;
        }

        string name = line[..nameLength].ToString();
        ReadOnlySpan<char> rest = line[nameLength..].TrimStart();
        List<KeyValuePair<string, string>> labels = [];
        if (rest.StartsWith("{", StringComparison.Ordinal) && !TryReadLabels(ref rest, labels, limits.MaxLabels))
        {
            return null;
        }

        rest = rest.TrimStart();
        // Behind the value may stand a timestamp and, in OpenMetrics, an exemplar.
        int end = rest.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> value = end < 0 ? rest : rest[..end];
        return TryReadValue(value, out double number) ? new MetricSample(name, labels, number) : null;
    }

    // On entry at "{", on success behind "}". A comma before the closing brace is allowed.
    private static bool TryReadLabels(ref ReadOnlySpan<char> rest, List<KeyValuePair<string, string>> labels, int maxLabels)
    {
        rest = rest[1..];
        while (true)
        {
            rest = rest.TrimStart();
            if (rest.IsEmpty)
            {
                return false;
            }

            if (rest[0] == '}')
            {
                rest = rest[1..];
                return true;
            }

            if (labels.Count == maxLabels || !TryReadLabel(ref rest, out KeyValuePair<string, string> label))
            {
                return false;
            }

            labels.Add(label);
            rest = rest.TrimStart();
            if (rest.StartsWith(",", StringComparison.Ordinal))
            {
                rest = rest[1..];
            }
            else if (!rest.StartsWith("}", StringComparison.Ordinal))
            {
                return false;
            }
        }
    }

    private static bool TryReadLabel(ref ReadOnlySpan<char> rest, out KeyValuePair<string, string> label)
    {
        label = default;
        int nameLength = NameLength(rest);
        ReadOnlySpan<char> after = rest[nameLength..].TrimStart();
        if (nameLength == 0 || !after.StartsWith("=", StringComparison.Ordinal))
        {
            return false;
        }

        string name = rest[..nameLength].ToString();
        rest = after[1..].TrimStart();
        if (!rest.StartsWith("\"", StringComparison.Ordinal) || ReadQuoted(ref rest) is not { } value)
        {
            return false;
        }

        label = new KeyValuePair<string, string>(name, value);
        return true;
    }

    // Escapes are \\, \" and \n; another backslash stands for itself.
    private static string? ReadQuoted(ref ReadOnlySpan<char> rest)
    {
        var value = new StringBuilder();
        for (int i = 1; i < rest.Length; i++)
        {
            char c = rest[i];
            if (c == '"')
            {
                rest = rest[(i + 1)..];
                return value.ToString();
            }

            if (c == '\\' && i + 1 < rest.Length && rest[i + 1] is '\\' or '"' or 'n')
            {
                i++;
                value.Append(rest[i] == 'n' ? '\n' : rest[i]);
            }
            else
            {
                value.Append(c);
            }
        }

        return null;
    }

    private static bool TryReadValue(ReadOnlySpan<char> text, out double value)
    {
        (bool isWord, value) = text switch
        {
            "NaN" or "nan" => (true, double.NaN),
            "+Inf" or "Inf" => (true, double.PositiveInfinity),
            "-Inf" => (true, double.NegativeInfinity),
            _ => (false, 0),
        };
        return isWord || double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out value);
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && IsNameCharacter(text[length], first: length == 0))
        {
            length++;
        }

        return length;
    }

    private static bool IsNameCharacter(char c, bool first) =>
        char.IsAsciiLetter(c) || c is '_' or ':' || (!first && char.IsAsciiDigit(c));
}
