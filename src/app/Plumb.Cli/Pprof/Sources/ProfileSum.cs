using Plumb.Profiles;
using Plumb.Profiles.Merging;
using Plumb.Profiles.Units;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Adds up profiles one after another. A single one is left as it is.</summary>
/// <param name="expected">How many there will be at most.</param>
internal sealed class ProfileSum(int expected)
{
    private Profile? _first;
    private ProfileMerger? _merger;

    /// <exception cref="ProfileFormatException">The profile cannot be added to those before it.</exception>
    public void Add(Profile profile)
    {
        if (_first is null)
        {
            _first = profile;
            return;
        }

        if (!SampleTypeAlignment.AreAligned(_first, profile))
        {
            (_first, profile) = SampleTypeAlignment.Align(_merger?.Build() ?? _first, profile);
            _merger = null;
        }

        if (_merger is null)
        {
            _merger = new ProfileMerger(expectedSources: expected);
            _merger.Add(_first);

            // Only what it measures is still needed.
            _first = new ProfileBuilder(_first.Header).Build();
        }

        _merger.Add(profile);
    }

    public Profile Build() => _merger?.Build() ?? _first ?? throw new InvalidOperationException("no profile was added");
}
