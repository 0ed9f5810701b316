namespace Plumb.Symbols.Tools;

/// <summary>The programs of this machine that know about binaries: full paths, null for what is not there.</summary>
public sealed record Toolbox
{
    /// <summary>Names, files, lines and inlined calls; the best of the symbolizers.</summary>
    public string? LlvmSymbolizer { get; init; }

    public string? Addr2Line { get; init; }

    /// <summary>LLVM's or GNU's.</summary>
    public string? Objdump { get; init; }

    /// <summary>Turns linker names of C++ and Rust into those of the source.</summary>
    public string? Demangler { get; init; }

    public ToolLimits Limits { get; init; } = ToolLimits.Default;

    /// <summary>The full path of a program on a search path; null when it is not there.</summary>
    /// <param name="searchPath">What the environment says in <c>PATH</c>.</param>
    public static string? FindProgram(string name, string searchPath) => new ToolSearch("", searchPath).Find(name);

    /// <summary>Looks for the programs.</summary>
    /// <param name="places">
    /// Folders separated by commas, each for all programs or, as <c>name:folder</c>, for one of them; what <c>-tools</c> says. The first
    /// that has the program wins; after them comes the search path.
    /// </param>
    /// <param name="searchPath">What the environment says in <c>PATH</c>.</param>
    public static Toolbox Find(string places, string searchPath)
    {
        var search = new ToolSearch(places, searchPath);
        return new Toolbox
        {
            LlvmSymbolizer = search.Find("llvm-symbolizer"),
            Addr2Line = search.Find("addr2line"),
            Objdump = search.Find("llvm-objdump", "objdump") ?? search.Find("objdump"),
            Demangler = search.Find("c++filt") ?? search.Find("llvm-cxxfilt", "c++filt"),
        };
    }
}
