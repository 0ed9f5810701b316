namespace Plumb.Leaks.Watching;

/// <summary>
/// Decides when evidence is to be captured: once for each rule that comes true, and again only after it had clearly ceased to be true. A level
/// that trembles around its threshold is one event.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class Alarm
{
    // A level has ceased to be high when it is a tenth below the threshold.
    private const double Hysteresis = 0.9;

    private readonly AlarmRules _rules;
    private readonly HashSet<string> _raised = new(StringComparer.Ordinal);

    public Alarm(AlarmRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
    }

    /// <summary>What has come true since the last time, each in a few words; mostly nothing.</summary>
    public IReadOnlyList<AlarmReason> Check(IReadOnlyList<WatchedLevel> levels, WatchedGrowth growth)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(growth);
        List<AlarmReason> reasons = [];
        foreach (var level in levels)
        {
            if (_rules.LimitShare is { } share && level.Limit > 0)
                Raise(reasons, new AlarmReason($"{level.Name}-limit", AlarmKind.NearLimit, level.Name, level.Value, level.Limit), level.Value, share * level.Limit);
            if (_rules.Levels.TryGetValue(level.Name, out var threshold))
                Raise(reasons, new AlarmReason($"{level.Name}-level", AlarmKind.Level, level.Name, level.Value, threshold), level.Value, threshold);
        }

        if (_rules.Within is { } within && growth.Forecast is { } forecast)
        {
            // As a level: the less time is left, the higher it is.
            var reason = new AlarmReason($"{forecast.Resource}-forecast", AlarmKind.Forecast, forecast.Resource, forecast.Current, forecast.Limit) { Left = forecast.TimeToLimit };
            Raise(reasons, reason, 1 / Math.Max(1e-9, forecast.TimeToLimit.TotalSeconds), 1 / Math.Max(1e-9, within.TotalSeconds));
        }

        if (_rules.OnLeak)
        {
            foreach (var leak in growth.Current)
                Raise(reasons, new AlarmReason($"leak-{leak.Finding.Function}", AlarmKind.Leak, leak.Finding.Function, leak.Finding.PerSecond, double.NaN), 1, 1);
        }

        return reasons;
    }

    private void Raise(List<AlarmReason> reasons, AlarmReason reason, double value, double threshold)
    {
        if (value >= threshold)
        {
            if (_raised.Add(reason.Id)) reasons.Add(reason);
        }
        else if (value < Hysteresis * threshold)
        {
            _raised.Remove(reason.Id);
        }
    }
}
