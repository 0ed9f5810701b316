namespace Plumb.Leaks.Stacks;

/// <summary>One line of a stack.</summary>
/// <param name="Function">Full name as people write it, without generic arguments: <c>gopkg.in/redis.v5.(*Client).Get</c>.</param>
/// <param name="Package">Import path that the function belongs to: <c>gopkg.in/redis.v5</c>.</param>
/// <param name="File">Path as compiled in; empty when unknown.</param>
/// <param name="Line">1-based; 0 when unknown.</param>
/// <param name="Owner">Who wrote it.</param>
public sealed record Frame(string Function, string Package, string File, int Line, FrameOwner Owner)
{
    public bool IsApplication => Owner == FrameOwner.Application;

    /// <summary>The function without its package: <c>(*Client).Get</c>.</summary>
    public string LocalName => Function.Length > Package.Length && Function.StartsWith(Package, StringComparison.Ordinal)
        ? Function[(Package.Length + 1)..]
        : Function;

    /// <summary>Whether it is a method, or a type, of a .NET program.</summary>
    public bool IsDotNet { get; init; }

    /// <summary>Whether the program starts here: it calls everything, so that it is on a stack says nothing.</summary>
    public bool IsEntryPoint => IsDotNet ? Function == "Program.Main" || Function.EndsWith(".Program.Main", StringComparison.Ordinal) : Function == "main.main";

    /// <summary>Whether it has type parameters, or its receiver has.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>The named function that holds this one: a closure belongs to the function it is written in.</summary>
    public string NamedFunction => IsDotNet ? DotNetSymbol.Enclosing(Function) : GoSymbol.WithoutClosures(Function, Package);
}
