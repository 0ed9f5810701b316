using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

/// <summary>The lab's services work: without that, silence about a service would prove nothing.</summary>
[Collection(RabbitMqCollection.Name)]
public sealed class LabServiceTests(RedisFixture redis, RabbitMqFixture rabbitMq) : IClassFixture<RedisFixture>
{
    public static TheoryData<string, string> Variants
    {
        get
        {
            TheoryData<string, string> variants = [];
            foreach (LabManifest manifest in LabManifest.Names.Select(LabManifest.Read))
            {
                foreach (string variant in manifest.Variants)
                    variants.Add(manifest.Name, variant);
            }

            return variants;
        }
    }

    [LabTheory("go", "redis", "rabbitmq")]
    [MemberData(nameof(Variants))]
    public async Task A_service_answers_its_route_and_serves_profiles_until_it_is_stopped(string name, string variant)
    {
        LabManifest manifest = LabManifest.Read(name);
        LabProgram program = await LabPrograms.GetAsync(name);
        using HttpClient client = new();
        Uri url;
        await using (LabService service = await LabService.StartAsync(program, LabRun.Arguments(manifest, variant, redis, rabbitMq), CancellationToken.None))
        {
            url = service.Url;
            string[] routes = ["/healthz", manifest.Load?.Route ?? "/metrics", "/debug/pprof/heap?debug=1", "/debug/pprof/goroutine"];
            foreach (string route in routes)
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri(url, route));
                Assert.True(response.IsSuccessStatusCode, $"{route}: {response.StatusCode}\n{service.Log}");
            }
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url));
    }
}
