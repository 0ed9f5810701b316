using System.Globalization;

namespace Plumb.Profiles;

/// <summary>The input is not a profile that can be read: damaged, of another format, or over a limit.</summary>
public sealed class ProfileFormatException : Exception
{
    public ProfileFormatException()
        : this("malformed profile")
    {
    }

    public ProfileFormatException(string message)
        : base(message)
    {
    }

    public ProfileFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="message">What was expected and what was found.</param>
    /// <param name="offset">Bytes from the start of the decompressed input.</param>
    public ProfileFormatException(string message, long offset)
        : base(string.Create(CultureInfo.InvariantCulture, $"{message} (at byte {offset})"))
    {
        Offset = offset;
    }

    private ProfileFormatException(long line, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"line {line}: {message}"))
    {
        Line = line;
    }

    /// <summary>Bytes from the start of the decompressed input, or null when the fault has no single place.</summary>
    public long? Offset { get; }

    /// <summary>The line of a text format, from 1, or null when the format has no lines.</summary>
    public long? Line { get; }

    /// <param name="line">From 1.</param>
    /// <param name="message">What was expected and what was found.</param>
    public static ProfileFormatException AtLine(long line, string message) => new(line, message);
}
