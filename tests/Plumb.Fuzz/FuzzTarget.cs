namespace Plumb.Fuzz;

/// <summary>A reader of something that comes from outside, or several that take the same kind of input.</summary>
public abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>What an input may cost whatever its size.</summary>
    public virtual long FixedBytes => 8 << 20;

    // Text is interned, so that the factor is what a line of few bytes costs as a row of several tables, twice over because tables
    // double as they grow.
    /// <summary>What each byte of an input may cost.</summary>
    public virtual long BytesPerByte => 400;

    /// <summary>Whether the input is something that is met behind gzip as well.</summary>
    public virtual bool MayBeCompressed => false;

    /// <summary>The inputs to start from; none is empty.</summary>
    /// <param name="testData">The folder testdata/.</param>
    public virtual IReadOnlyList<(string Name, byte[] Bytes)> Seeds(string testData) =>
        Corpus.Files(Path.Combine(testData, "fuzz", Name), Path.Combine(testData, "hostile", Name));

    /// <summary>Reads an input.</summary>
    /// <returns>Whether it was read; false when it was refused as the reader documents it. Any exception is a find.</returns>
    public abstract bool Read(byte[] input);
}
