using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Registry.Children;
using LeftBehind.TestKit;

namespace LeftBehind.Registry.IntegrationTests.Lists;

/// <summary>One child from the village's paper list to the end of its file, with the figures after every step.</summary>
public sealed class FromListToClosureTests(RegistryServers servers)
{
    private const string Headings = "户号,住址,城乡,姓名,身份证号,父亲状况,父亲状况日期,母亲状况,母亲状况日期";

    private readonly SetClock clock = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>Left behind counts to 16 (国发〔2016〕13号), a file to 18 (未成年人保护法 §2); thirty days away or back count (platform default).</summary>
    [Fact]
    public async Task A_child_is_followed_from_the_paper_list_to_18_and_the_figures_are_right_after_every_step()
    {
        await using var registry = await servers.StartAsync(clock);
        await using var figures = await Figures.StartAsync(servers, registry, clock);
        var (village, next, number) = (new Village(registry, Places.Matian), new Village(registry, Places.Neighbour), IdNumber.Female("2010-09-01"));

        var child = await ImportAsync(village, "在家", "", "在家", "");
        await IsAsync(village, onFile: 1, leftBehind: 0);

        await TurnToAsync("2026-01-10");
        Assert.Equal(child, await ImportAsync(village, "外出务工", "2026-01-10", "外出务工", "2026-01-10"));
        await IsAsync(village, onFile: 1, leftBehind: 0);
        await TurnToAsync("2026-02-08");
        await IsAsync(village, onFile: 1, leftBehind: 0);
        await TurnToAsync("2026-02-10");
        await IsAsync(village, onFile: 1, leftBehind: 1);

        await TurnToAsync("2026-03-01");
        await ImportAsync(village, "外出务工", "2026-01-10", "在家", "2026-03-01");
        await IsAsync(village, onFile: 1, leftBehind: 1);
        await TurnToAsync("2026-03-31");
        await IsAsync(village, onFile: 1, leftBehind: 0);

        await TurnToAsync("2026-04-10");
        await ImportAsync(village, "外出务工", "2026-01-10", "外出务工", "2026-04-10");
        await TurnToAsync("2026-05-11");
        await IsAsync(village, onFile: 1, leftBehind: 1);

        await TurnToAsync("2026-06-01");
        Assert.Equal(child, await ImportAsync(next, "外出务工", "2026-01-10", "外出务工", "2026-04-10", asTown: true));
        await IsAsync(village, onFile: 0, leftBehind: 0);
        await IsAsync(next, onFile: 1, leftBehind: 1);
        Assert.Equal((1, 1), (await figures.OfAsync("onFile.total.all", Places.County), await figures.OfAsync("leftBehind.total.all", Places.County)));

        await TurnToAsync("2026-08-31");
        await IsAsync(next, onFile: 1, leftBehind: 1);
        await TurnToAsync("2026-09-01");
        await IsAsync(next, onFile: 1, leftBehind: 0);

        await TurnToAsync("2028-08-31");
        await IsAsync(next, onFile: 1, leftBehind: 0);
        await TurnToAsync("2028-09-01");
        await IsAsync(next, onFile: 0, leftBehind: 0);
        Assert.Equal("Adult", (await registry.FactsAsync(child)).GetProperty("state").GetString());
        Assert.Empty(await next.ExportedAsync(withIdentities: false));

        async Task TurnToAsync(string day)
        {
            clock.SetUtcNow(new DateTimeOffset(DateTime.Parse(day, null), TimeSpan.FromHours(8)).AddHours(9));
            await registry.Service<DueDeterminations>().SweepAsync(TestContext.Current.CancellationToken);
        }

        async Task<string> ImportAsync(Village into, string father, string fatherSince, string mother, string motherSince, bool asTown = false)
        {
            var caller = asTown ? registry.As(Department.CivilAffairs, Role.TownOfficer, into.Code[..9]) : into.Worker;
            var report = await into.ImportAsync($"7,{into.Code[9..]}组,农村,甲小一,{number},{father},{fatherSince},{mother},{motherSince}", headings: Headings, caller: caller);
            Assert.True(report is { Applied: 1, Problems.Count: 0 }, $"{report}");
            return Assert.Single(report.Lines, l => l.Verdict is Verdict.Applied).SubjectId;
        }

        async Task IsAsync(Village where, long onFile, long leftBehind)
        {
            await figures.CatchUpAsync();
            Assert.Equal((onFile, leftBehind), (await figures.OfAsync("onFile.total.all", where.Code), await figures.OfAsync("leftBehind.total.all", where.Code)));
        }
    }
}
