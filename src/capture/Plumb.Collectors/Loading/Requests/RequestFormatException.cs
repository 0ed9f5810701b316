namespace Plumb.Collectors.Loading.Requests;

/// <summary>A text that should have said what to request does not: where, what is wrong, and what to write instead.</summary>
public sealed class RequestFormatException : Exception
{
    /// <param name="place">Where: "line 3", or empty when the whole text is meant.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="remedy">What to do about it, as a sentence.</param>
    public RequestFormatException(string place, string problem, string remedy)
        : base(place.Length == 0 ? problem : $"{place}: {problem}")
    {
        Place = place;
        Remedy = remedy;
    }

    public string Place { get; }

    public string Remedy { get; }
}
