namespace Plumb.Symbols.Elf;

/// <summary>
/// How addresses of a running process lie in the binary that was mapped there. A loader puts a segment's bytes anywhere; symbols and
/// tools know them by the addresses the linker gave.
/// </summary>
/// <remarks>
/// The rules are those of pprof's <c>elfexec</c>, with its special cases for kernels, so that both find the same function. Unlike there,
/// each address is judged by its own segment, not all of them by that of the first one.
/// </remarks>
public sealed class ElfMapping
{
    private const ulong PageSize = 4096;
    private const ulong KernelHalf = 1UL << 63;

    // Where the kernel's addresses begin on 64-bit PowerPC.
    private const ulong PowerPcKernel = 0xc000_0000_0000_0000;

    private readonly ElfFile _file;
    private readonly ulong _start;
    private readonly ulong _limit;
    private readonly ulong _offset;
    private readonly ulong? _kernelSymbol;
    private readonly ElfSegment? _text;
    private readonly List<ElfSegment>? _candidates;

    /// <param name="kernelSymbol">The address in the file of the symbol that a kernel's mapping starts at; null for anything but a kernel.</param>
    /// <exception cref="ElfFormatException">The file and the mapping do not fit together.</exception>
    public ElfMapping(ElfFile file, ulong start, ulong limit, ulong offset, ulong? kernelSymbol = null)
    {
        _file = file;
        _start = start;
        _limit = limit;
        _offset = offset;
        _kernelSymbol = kernelSymbol;
        _text = file.TextSegment;
        _candidates = IsKernel ? null : Candidates(file, offset, limit - start);
        if (Base(_text) is null)
            throw new ElfFormatException($"a file of type {(int)file.Type} cannot be what was mapped at 0x{start:x}-0x{limit:x}, offset 0x{offset:x}");
    }

    private bool IsKernel => _kernelSymbol is not null || _start >= _limit || _limit >= KernelHalf;

    /// <summary>A mapping that some writers make up to say that addresses are already those of the binary.</summary>
    private bool IsWholeSpace => _start == 0 && _offset == 0 && _limit is ulong.MaxValue or 0;

    /// <summary>The address that the binary's symbols know for an address of the process.</summary>
    /// <returns>False when the address is not in the mapping, or in no one segment of the file.</returns>
    public bool TryTranslate(ulong address, out ulong objectAddress, out bool isData)
    {
        (objectAddress, isData) = (address, false);
        if (IsWholeSpace)
            return true;

        if (address < _start || address >= _limit)
            return false;

        ElfSegment? segment = _text;
        if (_candidates is not null && !TryFindSegment(address - _start + _offset, out segment))
            return false;

        if (Base(segment) is not { } start)
            return false;

        objectAddress = address - start;
        isData = segment is { IsExecutable: false };
        return true;
    }

    private bool TryFindSegment(ulong fileOffset, out ElfSegment? segment)
    {
        segment = null;
        if (_candidates!.Count == 1)
        {
            segment = _candidates[0];
            return true;
        }

        foreach (ElfSegment candidate in _candidates)
        {
            if (fileOffset < candidate.Offset || fileOffset - candidate.Offset >= candidate.MemorySize)
                continue;

            // Two small segments can share a page, and then nothing says which one is meant.
            if (segment is not null)
                return false;

            segment = candidate;
        }

        // A kernel module has no segments at all, and needs none.
        return segment is not null || !HasLoadedSegments(_file);
    }

    private static bool HasLoadedSegments(ElfFile file)
    {
        foreach (ElfSegment segment in file.Segments)
        {
            if (segment.IsLoaded)
                return true;
        }

        return false;
    }

    /// <summary>The segments that a mapping of the file may show.</summary>
    private static List<ElfSegment> Candidates(ElfFile file, ulong mapOffset, ulong mapSize)
    {
        ulong mapEnd = mapOffset + mapSize;
        var candidates = new List<ElfSegment>();
        foreach (ElfSegment segment in file.Segments)
        {
            // A segment without bytes in the file may claim any offset.
            if (!segment.IsLoaded || segment.FileSize == 0)
                continue;

            ulong segmentEnd = segment.Offset + segment.MemorySize;
            if (mapOffset >= segmentEnd || segment.Offset >= mapEnd)
                continue;

            // The loader maps whole pages: a mapping that starts before the segment's first page shows another segment.
            ulong intoPage = segment.Address & (segment.Alignment - 1);
            if (mapOffset < (segment.Offset > intoPage ? segment.Offset - intoPage : 0))
                continue;

            // So does one that starts on the segment's last page and goes on well behind its end.
            bool isTail = mapOffset > segment.Offset && segmentEnd < mapOffset + PageSize && mapEnd >= segmentEnd + PageSize;
            if (!isTail)
                candidates.Add(segment);
        }

        return candidates;
    }

    /// <summary>What to subtract from an address; null when the file cannot have been mapped so.</summary>
    private ulong? Base(ElfSegment? segment)
    {
        if (IsWholeSpace)
            return 0;

        switch (_file.Type)
        {
            case ElfType.Executable when segment is null:
                return 0;
            case ElfType.Executable when _kernelSymbol is null && _start is > 0 and < KernelHalf:
                return UserBase(segment.Value);
            case ElfType.Executable when KernelBase(segment.Value) is { } start:
                return start;
            case ElfType.Executable when _start == 0 && _limit != 0 && _kernelSymbol is null:
                return _start - segment.Value.Address;
            case ElfType.Relocatable when _offset == 0:
                return _start;
            case ElfType.Shared when segment is null:
                return _start - _offset;
            case ElfType.Shared:
                return KernelBase(segment.Value) ?? UserBase(segment.Value);
            default:
                return null;
        }
    }

    // File offset of an address: address - start + offset. The linker's address for it: minus the segment's offset, plus its address.
    private ulong UserBase(ElfSegment segment) => _start - _offset + segment.Offset - segment.Address;

    /// <summary>
    /// Kernels are loaded by themselves, and tools describe that in several ways: with the relocation symbol as the start, remapped to
    /// page 0, or with the offset repeating the start. Null when it looks like none of these.
    /// </summary>
    private ulong? KernelBase(ElfSegment segment)
    {
        if (segment.Address == _start - _offset)
            return _offset;

        if (_start == 0 && _limit != 0 && _kernelSymbol is not null)
            return _start - _kernelSymbol;

        bool startsAtSymbol = _kernelSymbol is not null && _start % PageSize == _kernelSymbol % PageSize;
        if (_start >= KernelHalf && _limit > _start && (_offset == 0 || _offset == PowerPcKernel || _offset == _start))
            return startsAtSymbol ? _start - _kernelSymbol : _start - segment.Address;

        return startsAtSymbol && _start % PageSize != 0 ? _start - _kernelSymbol : null;
    }
}
