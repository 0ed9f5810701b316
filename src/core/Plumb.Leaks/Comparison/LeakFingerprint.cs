using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Comparison;

/// <summary>Names a defect so that it is recognised in another run, of another build, on another machine.</summary>
/// <remarks>
/// Lines shift with every edit above them, paths with the machine that built, confidence and growth with the run: none of these is part of
/// the name. What stays is the function, the file's own name, and what is known about the defect: its pattern, or else what grows.
/// </remarks>
public static class LeakFingerprint
{
    private const int HexDigits = 32;

    /// <summary>One fingerprint for each finding, in their order: 32 hexadecimal digits, all different.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Finding> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. findings.Select(f => Hash(Numbered(Identity(f), seen)))];
    }

    // Two defects of one kind in one function are told apart by their order.
    private static string Numbered(string identity, Dictionary<string, int> seen)
    {
        seen[identity] = seen.GetValueOrDefault(identity) + 1;
        return seen[identity] == 1 ? identity : identity + "\n" + seen[identity].ToString(CultureInfo.InvariantCulture);
    }

    private static string Identity(Finding finding) => string.Join(
        '\n', "plumb-leak/1", finding.Function, FileName(finding.File), finding.Pattern ?? (finding.Resources.Count > 0 ? finding.Resources[0] : ""));

    private static string FileName(string? path) => path is null ? "" : path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Hash(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..HexDigits];
}
