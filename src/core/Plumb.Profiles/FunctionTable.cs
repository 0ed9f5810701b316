namespace Plumb.Profiles;

/// <summary>One row of <see cref="FunctionTable"/>.</summary>
public readonly record struct FunctionRow(StringId Name, StringId SystemName, StringId File, long StartLine);

/// <summary>The functions of a profile, each once.</summary>
public sealed class FunctionTable
{
    private readonly FunctionRow[] _rows;

    internal FunctionTable(FunctionRow[] rows) => _rows = rows;

    public int Count => _rows.Length;

    public ReadOnlySpan<FunctionRow> Rows => _rows;

    public FunctionRow this[FunctionId id] => _rows[id.Index];
}
