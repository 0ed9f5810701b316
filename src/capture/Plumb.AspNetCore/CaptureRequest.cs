using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plumb.AspNetCore;

/// <summary>What a caller asks of a profile.</summary>
/// <param name="Seconds">0 when not said.</param>
/// <param name="Debug">0: for tools; 1 and 2: text for people.</param>
/// <param name="Collect">Whether garbage is collected before.</param>
internal readonly record struct CaptureRequest(int Seconds, int Debug, bool Collect)
{
    /// <summary>False when a parameter is no number or beyond its range; the message then says which there are.</summary>
    public static bool TryRead(IQueryCollection query, int maxSeconds, out CaptureRequest request, out string message)
    {
        bool isValid = TryNumber(query, "seconds", maxSeconds, out int seconds) & TryNumber(query, "gc", 1, out int collect) & TryNumber(query, "debug", 2, out int debug);
        request = new CaptureRequest(seconds, debug, collect == 1);
        message = isValid ? "" : string.Create(CultureInfo.InvariantCulture, $"seconds goes from 0 to {maxSeconds}, gc from 0 to 1, debug from 0 to 2");
        return isValid;
    }

    private static bool TryNumber(IQueryCollection query, string name, int most, out int value)
    {
        value = 0;
        return !query.TryGetValue(name, out var text)
            || (int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most);
    }
}
