using System.Buffers;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Demangling;

/// <summary>
/// Turns linker names of C++ and Rust into those of the source with <c>c++filt</c> or <c>llvm-cxxfilt</c>, all names in one run of the
/// program. Without one, names stay as they are.
/// </summary>
public sealed class Demangler(Lazy<Toolbox> tools)
{
    // What a compiler puts into names. Anything else the tool would take apart.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$");

    public Demangler(Toolbox tools)
        : this(new Lazy<Toolbox>(tools))
    {
    }

    /// <summary>Whether the text is made as C++ and Rust compilers make names.</summary>
    public static bool IsMangled(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> stem = name.TrimStart('_');
        return name.Length - stem.Length is 1 or 2 or 4 && stem.Length > 1 && (stem[0] == 'Z' || (stem[0] == 'R' && name.Length - stem.Length == 1))
            && !name.ContainsAnyExcept(NameCharacters);
    }

    /// <summary>The names, in the order of the input; null where one is not mangled, or nobody can read it.</summary>
    /// <exception cref="SymbolizationException">The tool failed.</exception>
    public async Task<string?[]> DemangleAsync(IReadOnlyList<string> names, DemangleMode mode, CancellationToken cancellationToken = default)
    {
        var results = new string?[names.Count];
        int[] asked = [.. Enumerable.Range(0, names.Count).Where(i => IsMangled(names[i]))];
        if (mode == DemangleMode.None || asked.Length == 0 || tools.Value.Demangler is not { } program)
            return results;

        await using ToolProcess tool = ToolProcess.Start(program, [], tools.Value.Limits);
        Task writing = WriteAsync(tool, asked.Select(i => Question(names[i])), cancellationToken);
        foreach (int i in asked)
        {
            string answer = await tool.ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
            if (answer != Question(names[i]))
                results[i] = Shown(names[i], answer, mode);
        }

        await writing.ConfigureAwait(false);
        return results;
    }

    private static async Task WriteAsync(ToolProcess tool, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await tool.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
        tool.CloseInput();
    }

    // macOS puts one more underscore before each name.
    private static string Question(string name) => name.StartsWith("__Z", StringComparison.Ordinal) ? name[1..] : name;

    private static string Shown(string mangled, string full, DemangleMode mode)
    {
        if (RustName.IsRust(mangled))
            return RustName.Readable(mangled, full);

        full = CppName.WithoutClones(full);
        return mode == DemangleMode.Full ? full : CppName.Simplify(full, mode == DemangleMode.Templates);
    }
}
