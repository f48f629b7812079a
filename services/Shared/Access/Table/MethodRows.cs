using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The kinds of rows that the table of methods is written in.</summary>
internal static class MethodRows
{
    private const string PartnerWrites = "who may see what, column partner client: write only";
    private const string OwnAnswers = "users: partners read back what became of each row; operations follow it";

    private const string Hotline = "policy: 加强“12355”未成年人社会保护诉求平台建设, 市、区、镇及部门间的联动办理机制; the Youth League answers 12355";

    public static MethodRow Push(string method, params FieldGroup[] groups) => new(method, Way.Push, PartnerWrites) { Groups = groups };

    public static MethodRow Receipt(string method) => new(method, Way.Receipt, OwnAnswers);

    public static MethodRow Read(string method, string basis, FieldGroup group, Tie ties = None) =>
        new(method, Way.Read, basis) { Groups = [group], Ties = ties };

    public static MethodRow Screen(string method) =>
        Act(method, "platform default: civil affairs of town and county say who may not care (未成年人保护法 §22)", Contact, None, CivilAffairs)
            with
        { Levels = [DivisionLevel.Town, DivisionLevel.County] };

    public static MethodRow Decide(string method, string basis) =>
        Act(method, basis, ReportResponse, None, CivilAffairs, Police) with { Levels = [DivisionLevel.County] };

    public static MethodRow Place(string method) =>
        Act(method, "未成年人保护法 §92, §93, §94: 民政部门依法进行监护; the county (policy: 区级民政部门)", ReportResponse, None, CivilAffairs) with { Levels = [DivisionLevel.County] };

    /// <summary>The League's platform of a province, city or county.</summary>
    public static MethodRow Answer12355(string method) => Act(method, Hotline, HotlineAppeal, Assigned | Escalated, YouthLeague)
        with
    { Levels = [DivisionLevel.Province, DivisionLevel.City, DivisionLevel.County] };

    /// <summary>The platform, or the department it gave the case to.</summary>
    public static MethodRow Work12355(string method) => Act(method, Hotline, HotlineAppeal, Assigned | Escalated,
        CivilAffairs, Education, Police, Justice, Health, YouthLeague, WomensFederation, DisabledPersonsFederation);

    public static MethodRow Review(string method) =>
        Act(method, "platform default: civil affairs of town and county settle whether two files are one child", Identity, None, CivilAffairs)
            with
        { Levels = [DivisionLevel.Town, DivisionLevel.County] };

    public static MethodRow Subscribe(string method) =>
        Act($"leftbehind.platform.v1.Webhooks/{method}", "platform default: civil affairs of the county lead (policy: 区民政局要履行牵头职责); each change by its own field group", Identity, None, CivilAffairs)
            with
        { Levels = [DivisionLevel.County] };

    public static MethodRow Act(string method, string basis, FieldGroup group, Tie ties, params Department[] competent) =>
        new(method, Way.Act, basis) { Groups = [group], Ties = ties, Departments = competent };
}
