using System.Runtime.CompilerServices;

namespace Plumb.Benchmarks.Service;

/// <summary>Three stacks that keep what they allocate, amid others that do not, and the bytes that each of them kept.</summary>
internal sealed class KnownLeak
{
    private const int ArrayHeader = 24;
    private const int TextHeader = 22;
    private const int TextChars = 1_000;
    private const int LargeBytes = 100_000;

    private const int MostKept = 1_000_000;

    private readonly Lock _gate = new();
    // Its own growth would be an allocation as well.
    private readonly List<object> _kept = new(MostKept);
    private readonly long[] _truth = new long[3];

    /// <returns>Bytes kept so far: small arrays, texts, large arrays.</returns>
    public long[] Add(int rounds)
    {
        lock (_gate)
        {
            for (int i = 0; i < rounds; i++)
            {
                _truth[0] += KeepArray(3_000 + (i % 7 * 500));
                _truth[1] += KeepText();
                if (i % 40 == 0)
                    _truth[2] += KeepLarge();
                _ = Garbage.Make(20_000);
            }

            return [.. _truth];
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _kept.Clear();
            Array.Clear(_truth);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long KeepArray(int bytes)
    {
        _kept.Add(new byte[bytes]);
        return (bytes + ArrayHeader + 7) & ~7;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long KeepText()
    {
        _kept.Add(new string('x', TextChars));
        return (TextHeader + (TextChars * sizeof(char)) + 7) & ~7;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long KeepLarge()
    {
        _kept.Add(new byte[LargeBytes]);
        return LargeBytes + ArrayHeader;
    }
}
