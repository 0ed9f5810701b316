namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>A test on a service of the lab: skipped where what the service needs is not installed (see <see cref="LabParts"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabFactAttribute : FactAttribute
{
    // xunit 2 has no way to skip from inside a test, so the decision is made when the test is discovered.
    public LabFactAttribute(string service, string variant)
    {
        Service = service;
        Variant = variant;
        Skip = LabParts.ReasonToSkip(["go", .. LabManifest.Read(service).Needs]);
    }

    public string Service { get; }

    public string Variant { get; }
}
