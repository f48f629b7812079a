namespace LeftBehind.Contracts.Registry;

/// <summary>
/// The personal data of a child was erased (个人信息保护法 §47): every service destroys what it keeps readable of it. Facts and figures
/// stay; birth date and sex survive.
/// </summary>
/// <param name="ChildId">The child's file.</param>
/// <param name="PupilIds">Its pupils on the roll, whose identity goes with it; told again when one more is found.</param>
[StoredName("personal_data_erased")]
public sealed record PersonalDataErased(Guid ChildId, IReadOnlyList<Guid> PupilIds);
