using Plumb.Symbols.Demangling;

namespace Plumb.Symbols;

/// <summary>Where symbols are looked for, and how names are shown: what <c>-symbolize</c> says.</summary>
/// <param name="IsLocal">In the binaries of this machine.</param>
/// <param name="IsRemote">With the service that the profile came from.</param>
/// <param name="IsFast">From symbol tables alone: names without files and lines.</param>
/// <param name="IsForced">Also where the profile has symbols of its own.</param>
public sealed record SymbolizeMode(bool IsLocal, bool IsRemote, bool IsFast, bool IsForced, DemangleMode Demangling)
{
    public static SymbolizeMode Default { get; } = new(true, true, false, false, DemangleMode.Simplified);

    /// <summary>Everything stays as the profile has it, names too.</summary>
    public static SymbolizeMode None { get; } = new(false, false, false, false, DemangleMode.None);

    public bool IsNone => this == None;

    /// <summary>Reads words separated by colons: <c>none</c>, <c>local</c>, <c>fastlocal</c>, <c>remote</c>, <c>force</c>, <c>demangle=…</c>.</summary>
    /// <param name="notes">Receives what is said of words that mean nothing; they are passed over.</param>
    public static SymbolizeMode Parse(string text, ICollection<string> notes)
    {
        SymbolizeMode mode = Default;
        foreach (string word in text.ToLowerInvariant().Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "none" or "no")
                return None;

            if (mode.With(word) is { } changed)
                mode = changed;
            else
                notes.Add($"ignoring unrecognized symbolization option: {word} (expected [local|fastlocal|remote|none][:force][:demangle=[none|full|templates|default]])");
        }

        return mode;
    }

    private SymbolizeMode? With(string word) => word switch
    {
        "local" => this with { IsLocal = true, IsRemote = false },
        "fastlocal" => this with { IsLocal = true, IsRemote = false, IsFast = true },
        "remote" => this with { IsLocal = false, IsRemote = true },
        "force" => this with { IsForced = true },
        "demangle=default" => this,
        // Names that the writer made short must be made anew from those of the linker.
        "demangle=full" => this with { IsForced = true, Demangling = DemangleMode.Full },
        "demangle=templates" => this with { IsForced = true, Demangling = DemangleMode.Templates },
        "demangle=none" => this with { IsForced = true, Demangling = DemangleMode.None },
        _ => null,
    };
}
