using System.Globalization;

namespace Plumb.Fuzz;

/// <summary>What became of the inputs of one target.</summary>
internal sealed class Tally(FuzzTarget target)
{
    public int Inputs { get; private set; }

    public int Faults { get; private set; }

    private int Read { get; set; }

    public void Add(Attempt attempt)
    {
        Inputs++;
        Read += attempt.WasRead ? 1 : 0;
        Faults += attempt.Fault is null ? 0 : 1;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"  {target.Name,-10} {Inputs,9} inputs {Read,9} read {Inputs - Read - Faults,9} refused {Faults,4} faults");
}
