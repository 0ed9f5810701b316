using System.Buffers.Binary;
using System.Text;
using Plumb.Runtime.Frozen;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// From the address at which a continuation resumes to the method that it is of. In .NET 10 nothing leads there by a documented way: the address is
/// the entry of a generated stub, whose description has its name (IL_STUB_AsyncResume_METHOD_TIER), and whose code, or the IL that it will be compiled
/// from, loads the method's code from a slot (CEEJitInfo::getAsyncResumptionStub in dotnet/runtime). What lies in between may change from one version
/// to the next, so that it is looked for, within bounds; what is found is believed when both names agree. x64 alone is known.
/// </summary>
internal sealed class ResumptionStubs(IFrozenHeap heap, FrozenTypes types)
{
    private const int DescriptionBytes = 128;
    private const int BlockBytes = 512;
    private const int CodeBytes = 256;
    private const int MaxReads = 1024;
    private const int MaxStubs = 16_384;
    private const int LoadLong = 0x21; // ldc.i8
    private const int LoadIndirect = 0x4D; // ldind.i
    private const int CallIndirect = 0x29; // calli

    /// <summary>Pointers that are followed in a block, from the description of the stub to its IL.</summary>
    private static readonly int[] s_breadth = [10, 8, 8];

    private readonly Dictionary<long, ResumptionStub?> _known = [];
    private int _reads;

    private static ReadOnlySpan<byte> NamePrefix => "IL_STUB_AsyncResume_"u8;

    /// <returns>Null when not even the name is found.</returns>
    public ResumptionStub? Find(long resume)
    {
        if (!_known.TryGetValue(resume, out ResumptionStub? stub))
            _known[resume] = stub = _known.Count < MaxStubs ? Search(resume) : null;
        return stub;
    }

    private ResumptionStub? Search(long resume)
    {
        _reads = 0;
        // A precode: jmp [target], and behind the target the description (FixupPrecodeData).
        byte[] entry = Read(resume, 6);
        if (entry is not [0xFF, 0x25, ..])
            return null;
        byte[] data = Read(resume + 6 + BinaryPrimitives.ReadInt32LittleEndian(entry.AsSpan(2)), 2 * sizeof(long));
        if (data.Length < 2 * sizeof(long))
            return null;
        long description = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(sizeof(long)));
        long[] words = Words(Read(description, DescriptionBytes));
        string name = words.Select(NameAt).FirstOrDefault(found => found.Length > 0) ?? "";
        if (name.Length == 0)
            return null;
        return words.Append(BinaryPrimitives.ReadInt64LittleEndian(data)).Select(code => FromCode(code, name)).FirstOrDefault(found => found is not null)
            ?? FromIl(description, name, 0, [])
            ?? new ResumptionStub(name, null, "", IsFound: false);
    }

    /// <summary>IL_STUB_AsyncResume_AddAsync_Optimized</summary>
    private string NameAt(long address)
    {
        const int MaxName = 512;
        byte[] text = Read(address, MaxName);
        if (!text.AsSpan().StartsWith(NamePrefix))
            return "";
        int end = text.AsSpan().IndexOf((byte)0);
        string name = Encoding.UTF8.GetString(text.AsSpan()[NamePrefix.Length..(end < 0 ? text.Length : end)]);
        return name.LastIndexOf('_') is > 0 and var tier ? name[..tier] : name;
    }

    // mov rax, [rip+n] · call [rip+n] · jmp [rip+n] · mov r, n
    private ResumptionStub? FromCode(long address, string name)
    {
        byte[] code = Read(address, CodeBytes);
        for (int i = 0; i + 10 <= code.Length; i++)
        {
            long slot = code.AsSpan(i) switch
            {
                [0x48, 0x8B, 0x05, ..] => address + i + 7 + BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(i + 3)),
                [0xFF, 0x15 or 0x25, ..] => address + i + 6 + BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(i + 2)),
                [0x48 or 0x49, >= 0xB8 and <= 0xBF, ..] => BinaryPrimitives.ReadInt64LittleEndian(code.AsSpan(i + 2)),
                _ => 0,
            };
            if (slot != 0 && FromSlot(slot, name) is { } found)
                return found;
        }

        return null;
    }

    // As long as the stub is not compiled its description leads to its IL: ldc.i8 slot, ldind.i, calli.
    private ResumptionStub? FromIl(long address, string name, int depth, HashSet<long> seen)
    {
        if (!seen.Add(address))
            return null;
        byte[] block = Read(address, BlockBytes);
        for (int i = 0; i + 11 <= block.Length; i++)
        {
            if (block[i] == LoadLong && block[i + 9] == LoadIndirect && block[i + 10] == CallIndirect
                && FromSlot(BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(i + 1)), name) is { } found)
            {
                return found;
            }
        }

        return depth == s_breadth.Length
            ? null
            : Words(block).Take(s_breadth[depth]).Select(next => FromIl(next, name, depth + 1, seen)).FirstOrDefault(found => found is not null);
    }

    private ResumptionStub? FromSlot(long slot, string name)
    {
        byte[] code = Read(slot, sizeof(long));
        if (code.Length < sizeof(long) || types.MethodAt(BinaryPrimitives.ReadInt64LittleEndian(code)) is not var (module, path, token))
            return null;
        return module.Method(token)?.MetadataName.EndsWith($".{name}", StringComparison.Ordinal) ?? false
            ? new ResumptionStub(name, module.RuntimeAsyncMethod(token), path, IsFound: true)
            : null;
    }

    private byte[] Read(long address, int count)
    {
        // Below are no objects, above is the system.
        if (address is < 0x1_0000 or > 0x7FFF_FFFF_FFFF || _reads++ >= MaxReads)
            return [];
        byte[] bytes = new byte[count];
        return bytes[..heap.Read(address, bytes)];
    }

    private static long[] Words(byte[] bytes)
    {
        long[] words = new long[bytes.Length / sizeof(long)];
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i * sizeof(long)));
        return words;
    }
}
