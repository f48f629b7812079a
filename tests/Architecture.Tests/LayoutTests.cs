namespace LeftBehind.Architecture.Tests;

/// <summary>What may know what, and how large a thing may grow.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void A_service_knows_no_other_service()
    {
        Assert.Equal(["Assessment", "EducationAttendance", "GuardianshipIntervention", "Platform", "Registry", "Reporting"], Sources.Services);
        Assert.DoesNotContain(
            from project in Sources.Projects("services")
            from reference in project.References
            where Sources.Services.Any(s => reference.StartsWith($"services/{s}/", StringComparison.Ordinal))
            select $"{project.Project} → {reference}", _ => true);
    }

    [Fact]
    public void Libraries_know_neither_services_nor_their_defaults() => Assert.DoesNotContain(
        from project in Sources.Projects("services/Shared")
        from reference in project.References
        where !reference.StartsWith("services/Shared/", StringComparison.Ordinal) && !reference.StartsWith("contracts/", StringComparison.Ordinal)
        select $"{project.Project} → {reference}", _ => true);

    [Fact]
    public void Contracts_need_no_package_and_no_project()
    {
        var (project, references) = Assert.Single(Sources.Projects("contracts/LeftBehind.Contracts"));
        Assert.Empty(references);
        Assert.Empty(Sources.Packages(project));
    }

    [Fact]
    public void Product_code_knows_no_test() => Assert.DoesNotContain(
        from project in Sources.Projects("services").Concat(Sources.Projects("contracts")).Concat(Sources.Projects("deploy"))
        from reference in project.References
        where reference.StartsWith("tests/", StringComparison.Ordinal)
        select $"{project.Project} → {reference}", _ => true);

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Sources.Root, "LeftBehind.sln"));
        Assert.DoesNotContain(
            ((string[])["services", "contracts", "deploy", "tests"]).SelectMany(Sources.Projects).Select(p => p.Project),
            project => !solution.Contains(project.Replace('/', '\\'), StringComparison.Ordinal) && !solution.Contains(project, StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_is_its_table_of_contents() => Assert.DoesNotContain(
        Sources.CSharp("services").Where(f => f.Path.EndsWith("/Program.cs", StringComparison.Ordinal)), f => f.Lines.Length > 30);

    [Fact]
    public void The_defaults_stay_a_composition()
    {
        var files = Sources.CSharp("services/ServiceDefaults").ToList();
        Assert.InRange(files.Count, 1, 12);
        Assert.InRange(files.Sum(f => f.Lines.Length), 1, 600);
        Assert.DoesNotContain(files, f => f.Lines.Any(line => ((string[])["Child", "Pupil", "Household", "Guardian"]).Any(word => line.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_file_holds_one_idea() => Assert.DoesNotContain(
        Sources.CSharp("services").Concat(Sources.CSharp("contracts")), f => f.Lines.Length > 200);
}
