namespace Plumb.AspNetCore;

/// <summary>The switch that operators have without touching the configuration.</summary>
internal static class PprofSwitch
{
    private const string Variable = "PPROF_ENABLED";

    public static void Apply(PprofOptions options) => options.Enabled = Environment.GetEnvironmentVariable(Variable) switch
    {
        "0" or "false" or "False" => false,
        "1" or "true" or "True" => true,
        _ => options.Enabled,
    };
}
