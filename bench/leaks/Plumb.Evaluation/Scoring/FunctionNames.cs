using System.Text.RegularExpressions;

namespace Plumb.Evaluation.Scoring;

/// <summary>Names of Go functions, compared as a person compares them: a closure belongs to the function that it is written in.</summary>
internal static partial class FunctionNames
{
    public static bool Contains(IEnumerable<string> functions, string function) => functions.Any(other => Normal(other) == Normal(function));

    /// <summary>Without type arguments and the compiler's names of closures.</summary>
    public static string Normal(string function) => Closure().Replace(TypeArguments().Replace(function, ""), "");

    // main.handler.func1.2, main.handler.func1.gowrap1, main.(*T).M-fm, main.init.0.func1
    [GeneratedRegex(@"(\.(func\d+|gowrap\d+|\d+))+$|-fm$")]
    private static partial Regex Closure();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex TypeArguments();
}
