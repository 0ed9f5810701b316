using Plumb.Agent.Contract;

namespace Plumb.Agent;

/// <summary>The names that were seen, one after the other. Not safe for concurrent use: the sampler's lock guards it.</summary>
internal unsafe struct Text(int capacity)
{
    private NativeArray<char> _units = new(capacity);

    public int Length { get; private set; }

    public readonly char* Units => _units.Rows;

    /// <returns>An empty piece when there is no room: a name is worth less than the figures it stands beside.</returns>
    public TextRow Add(ReadOnlySpan<char> name)
    {
        if (name.Length > _units.Capacity - Length)
            return default;
        name.CopyTo(_units.Part(Length, name.Length));
        var row = new TextRow { Start = Length, Length = name.Length };
        Length += name.Length;
        return row;
    }

    public void Free() => _units.Free();
}
