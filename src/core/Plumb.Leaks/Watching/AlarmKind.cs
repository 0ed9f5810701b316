namespace Plumb.Leaks.Watching;

/// <summary>What makes an alarm.</summary>
public enum AlarmKind
{
    /// <summary>A figure has reached a share of its limit.</summary>
    NearLimit,

    /// <summary>A figure has reached a level that the user named.</summary>
    Level,

    /// <summary>A limit will be reached soon if growth goes on.</summary>
    Forecast,

    /// <summary>A leak was found.</summary>
    Leak,
}
