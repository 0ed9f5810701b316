namespace Plumb.Collectors.Recording;

/// <summary>A folder is no saved series at all.</summary>
public sealed class SeriesFormatException : Exception
{
    public SeriesFormatException(string message)
        : base(message)
    {
    }

    public SeriesFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
