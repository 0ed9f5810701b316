namespace Plumb.Leaks.Isolation;

/// <summary>How much one signal grew in one round, and how far that can be trusted.</summary>
/// <param name="Signal">What grew.</param>
/// <param name="Growth">After the round less before it; negative when it shrank.</param>
/// <param name="Noise">What it moves by without any load, as a standard deviation; above 0.</param>
/// <param name="Grain">The least that one leaked thing adds: 1 for what is counted, some bytes for heap.</param>
public readonly record struct SignalReading(Signal Signal, double Growth, double Noise, double Grain);
